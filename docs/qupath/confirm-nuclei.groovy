/*
 * Says that a person has looked at the nuclei that next-nuclei.groovy listed, so that those not corrected are right. They get
 * a measurement "reviewed"; from then on they are exported, not listed again, and not classified anew. Without this only
 * mistakes would be learned from.
 *
 * For QuPath's script editor.
 */
def upTo = 100 // place in the list, measurement "next", up to which they have been looked at

def lookedAt = getDetectionObjects().findAll {
    def measurements = it.getMeasurementList()
    it.getPathClass()?.toString() && measurements.containsKey('next') && measurements.get('next') <= upTo
}
lookedAt.each {
    it.getMeasurementList().put('reviewed', 1 as double)
    it.getMeasurementList().remove('next')
}
fireHierarchyUpdate()
println lookedAt.size() + ' nuclei of ' + getCurrentImageName() + ' are reviewed'
