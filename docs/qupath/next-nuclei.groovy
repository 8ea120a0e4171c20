/*
 * Lists the nuclei of the open image that a person should look at next, those of whose class the model is least sure: margin
 * sampling (Scheffer, Decomain and Wrobel, Active hidden Markov models for information extraction, 2001; Settles, Active
 * learning literature survey, 2009). Each gets its place in the list, 1 for the least sure, as measurement "next", and all
 * are selected. No class has more than its share unless others do not fill theirs, and no two nuclei are close together.
 * What a person has classified, confirmed or reviewed is not listed again.
 *
 * For QuPath's script editor, after classify-nuclei.groovy. When they have been looked at: confirm-nuclei.groovy.
 */
def count = 100 // nuclei to list
def distance = 100 // at least, between any two of them, in pixels of the slide, so that they are not all of one spot

/** The middle of a cell is that of its nucleus. */
def middle = { nucleus -> (nucleus.isCell() ? nucleus.getNucleusROI() : null) ?: nucleus.getROI() }

/** What a model said of a nucleus, by the names of the measurements; empty if none did. */
def probabilities = { nucleus ->
    nucleus.getMeasurementList().asMap().findAll { name, value -> name.startsWith('p(') && name.endsWith(')') }
}

/** Whether a nucleus has the class that a model gave it, its most probable one. */
def isTheModels = { nucleus ->
    def ofClasses = probabilities(nucleus)
    def largest = ofClasses.values().max()
    ofClasses.any { name, value -> value == largest && getPathClass(name[2..-2]) == nucleus.getPathClass() }
}

/** Areas in which somebody has looked at every nucleus. */
def reviewedAreas = getAnnotationObjects().findAll { annotation ->
    annotation.getROI().isArea() &&
            [annotation.getName(), annotation.getPathClass()].any { it.toString() ==~ /(?i)reviewed.*/ }
}.collect { it.getROI() }
def isInReviewedArea = { nucleus ->
    def at = middle(nucleus)
    reviewedAreas.any { it.contains(at.centroidX, at.centroidY) }
}

// --- which nuclei
def margins = [:] // of those that only a model has classified
for (nucleus in getDetectionObjects()) {
    if (isTheModels(nucleus) && !nucleus.getMeasurementList().containsKey('reviewed') && !isInReviewedArea(nucleus)) {
        def (largest, second) = (probabilities(nucleus).values() + [0.0d]).sort().reverse()
        margins[nucleus] = largest - second
    }
}
def leastSureFirst = margins.sort { it.value }.keySet()
def classes = leastSureFirst.countBy { it.getPathClass() }
def listed = []
def listedOf = classes.collectEntries { pathClass, number -> [(pathClass): 0] }
def areApart = { nucleus, other ->
    def a = middle(nucleus), b = middle(other)
    !nucleus.is(other) && Math.hypot(a.centroidX - b.centroidX, a.centroidY - b.centroidY) >= distance
}
def list = { int mostOfAClass ->
    for (nucleus in leastSureFirst) {
        if (listed.size() == count) {
            return
        }
        def pathClass = nucleus.getPathClass()
        if (listedOf[pathClass] < mostOfAClass && listed.every { areApart(nucleus, it) }) {
            listed << nucleus
            listedOf[pathClass] = listedOf[pathClass] + 1
        }
    }
}
list(count.intdiv(Math.max(1, classes.size())))
list(count) // what some classes left free
listed.sort { margins[it] }

// --- list them
getDetectionObjects().each { it.getMeasurementList().remove('next') } // an earlier list
listed.eachWithIndex { nucleus, place -> nucleus.getMeasurementList().put('next', place + 1 as double) }
fireHierarchyUpdate()
selectObjects(listed)
println(listed.size() + ' of ' + margins.size() + ' nuclei of ' + getCurrentImageName()
        + ' that only a model has classified are listed by their measurement "next"')
listedOf.each { pathClass, number -> println '  ' + number + ' of ' + classes[pathClass] + ' ' + pathClass }
if (listed) {
    println '  margins from ' + margins[listed.first()].round(3) + ' to ' + margins[listed.last()].round(3)
}
