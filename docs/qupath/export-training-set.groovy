/*
 * Adds the nuclei of the open image that a person classified to a data set for Karyoflow: a patch around each in
 * FOLDER/train, and a line for each in FOLDER/train.csv, in the place of those that an earlier run wrote for this image.
 * Nuclei are detections with a class, and the points of annotations with a class, except classes that QuPath ignores
 * (Ignore*, Region*). The class that a model gave is exported only where a person confirmed it: with confirm-nuclei.groovy, or
 * by an annotation around the nucleus whose name or class begins with "Reviewed".
 *
 * For QuPath's script editor; "Run for project" adds all images of the project. Then ./quickstart --data FOLDER, or import it.
 */
import java.awt.Color
import java.awt.image.BufferedImage
import java.nio.file.Files
import java.nio.file.Path
import javax.imageio.ImageIO

def folder = Path.of(buildPathInProject('karyoflow')) // or Path.of('C:/nuclei'), say, with / on Windows, too
def size = 100 // side of a patch in its own pixels
def downsample = 1.0 // pixels of the slide to one of the patch; the same physical size for all slides
def validationSlides = [] // images by their names; if there are any, Fold is 0 for their nuclei, and 1 for all others
def image = getProjectEntry()?.getOriginalImageName() ?: getCurrentImageName() // QuPath's masked names do not last
def group = image // what images have in common: better the patient, if slides share one

if ((getProject()?.getImageList() ?: []).count { it.getOriginalImageName() == image } > 1) {
    throw new IllegalStateException('The project has several images called ' + image
            + ', whose nuclei would take each other\'s place. Give them different names, and run this again')
}
def server = getCurrentServer()
def asFileName = { String name -> name.replaceAll(/[\\\/:*?"<>|]/, '_') }
def slide = asFileName(image)
def quoted = { '"' + it.toString().replace('"', '""') + '"' }

/** Of the plane that the ROI is on. What of the patch lies outside the slide is white. */
def patchAt = { roi, int x, int y ->
    int side = Math.round(size * downsample)
    def patch = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB)
    def canvas = patch.createGraphics()
    canvas.color = Color.WHITE
    canvas.fillRect(0, 0, size, size)
    int left = Math.max(0, x), top = Math.max(0, y)
    int width = Math.min(server.width, x + side) - left, height = Math.min(server.height, y + side) - top
    if (width > 0 && height > 0) {
        def pixels = server.readRegion(downsample as double, left, top, width, height, roi.getZ(), roi.getT())
        canvas.translate((left - x) / downsample as double, (top - y) / downsample as double)
        canvas.drawImage(pixels, 0, 0, Math.round(width / downsample) as int, Math.round(height / downsample) as int, null)
    }
    canvas.dispose()
    patch
}

// --- which nuclei
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
def ofTheModel = 'only the model has classified'
def origin = { nucleus ->
    if (probabilities(nucleus).isEmpty()) {
        return 'classified by hand'
    }
    if (!isTheModels(nucleus)) {
        return 'corrected'
    }
    nucleus.getMeasurementList().containsKey('reviewed') || isInReviewedArea(nucleus) ? 'confirmed' : ofTheModel
}
def nuclei = [] // class, origin, ROI, x and y of each
for (detection in getDetectionObjects()) {
    def roi = middle(detection)
    nuclei << [detection.getPathClass(), origin(detection), roi, roi.centroidX, roi.centroidY]
}
for (annotation in getAnnotationObjects().findAll { it.getROI().isPoint() }) {
    def roi = annotation.getROI()
    roi.getAllPoints().each { nuclei << [annotation.getPathClass(), 'classified by hand', roi, it.x, it.y] }
}
nuclei = nuclei.findAll { it[0]?.toString() && !(it[0].toString() ==~ /.*\*|(?i:reviewed).*/) }
def origins = nuclei.countBy { it[1] }
int leftOut = origins.remove(ofTheModel) ?: 0
nuclei = nuclei.findAll { it[1] != ofTheModel }

// --- write
def csv = folder.resolve('train.csv')
def isOf = { String row, String name -> row.startsWith('"' + asFileName(name) + ' [x=') }
def others = Files.exists(csv) ? Files.readAllLines(csv).drop(1).findAll { it && !isOf(it, image) } : []
def train = Files.createDirectories(folder.resolve('train'))
train.toFile().listFiles().findAll { it.name.startsWith(slide + ' [x=') }.each { it.delete() } // an earlier run's
def rows = nuclei.collect { pathClass, from, roi, cx, cy ->
    int side = Math.round(size * downsample)
    int x = Math.round(cx - side / 2), y = Math.round(cy - side / 2)
    def name = "${slide} [x=${x},y=${y},w=${side},h=${side}].png".toString()
    ImageIO.write(patchAt(roi, x, y), 'png', train.resolve(name).toFile())
    [name, pathClass, group].collect(quoted).join(',')
}
def field = /(?:"(?:[^"]|"")*"|[^",]*)/
def lines = [*others, *rows.unique()].collect { String row -> // of all slides, whatever fold an earlier run gave them
    def columns = row.find("^$field,$field,$field")
    if (columns == null) { // the import says what is wrong
        return row
    }
    columns + (!validationSlides ? '' : validationSlides.any { isOf(row, it) } ? ',0' : ',1')
}
Files.write(csv, ['Filename,Label,Group' + (validationSlides ? ',Fold' : ''), *lines])
println(rows.size() + ' nuclei of ' + slide + ' are in ' + csv
        + origins.collect { from, number -> ', ' + number + ' ' + from }.join('')
        + '; left out are ' + leftOut + ' that ' + ofTheModel)
if (validationSlides) {
    def missing = validationSlides.findAll { name -> !lines.any { isOf(it, name) } }
    println('  ' + lines.count { it.endsWith(',0') } + ' of all ' + lines.size() + ' are validated on'
            + (missing ? '; so far there are none of ' + missing.join(', ') : ''))
}
