/*
 * Adds the classified nuclei of the open image to a data set for Karyoflow: a patch around each in FOLDER/train, and a line
 * for each in FOLDER/train.csv, in the place of those that an earlier run wrote for this image. Nuclei are detections with a
 * class, and the points of annotations with a class, except classes that QuPath ignores (Ignore*, Region*).
 *
 * For QuPath's script editor; "Run for project" adds all images of the project. Then ./quickstart --data FOLDER, or import it.
 */
import java.awt.Color
import java.awt.image.BufferedImage
import java.nio.file.Files
import java.nio.file.Path
import javax.imageio.ImageIO

def folder = Path.of(buildPathInProject('karyoflow'))
def size = 100 // side of a patch in its own pixels
def downsample = 1.0 // pixels of the slide to one of the patch; the same physical size for all slides
def group = getCurrentImageName() // what images have in common: better the patient, if slides share one

def server = getCurrentServer()
def slide = getCurrentImageName().replaceAll(/[\\\/:*?"<>|]/, '_')
def quoted = { '"' + it.toString().replace('"', '""') + '"' }

/** What of the patch lies outside the slide is white. */
def patchAt = { int x, int y ->
    int side = Math.round(size * downsample)
    def patch = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB)
    def canvas = patch.createGraphics()
    canvas.color = Color.WHITE
    canvas.fillRect(0, 0, size, size)
    int left = Math.max(0, x), top = Math.max(0, y)
    int width = Math.min(server.width, x + side) - left, height = Math.min(server.height, y + side) - top
    if (width > 0 && height > 0) {
        def pixels = server.readRegion(downsample as double, left, top, width, height)
        canvas.translate((left - x) / downsample as double, (top - y) / downsample as double)
        canvas.drawImage(pixels, 0, 0, Math.round(width / downsample) as int, Math.round(height / downsample) as int, null)
    }
    canvas.dispose()
    patch
}

// --- which nuclei
def nuclei = [] // x, y and class of each
for (detection in getDetectionObjects()) {
    def roi = (detection.isCell() ? detection.getNucleusROI() : null) ?: detection.getROI()
    nuclei << [roi.centroidX, roi.centroidY, detection.getPathClass()]
}
for (annotation in getAnnotationObjects().findAll { it.getROI().isPoint() }) {
    annotation.getROI().getAllPoints().each { nuclei << [it.x, it.y, annotation.getPathClass()] }
}
nuclei = nuclei.findAll { it[2] != null && !it[2].toString().isEmpty() && !it[2].toString().endsWith('*') }

// --- write
def train = Files.createDirectories(folder.resolve('train'))
train.toFile().listFiles().findAll { it.name.startsWith(slide + ' [x=') }.each { it.delete() } // an earlier run's
def rows = nuclei.collect { cx, cy, pathClass ->
    int side = Math.round(size * downsample)
    int x = Math.round(cx - side / 2), y = Math.round(cy - side / 2)
    def name = "${slide} [x=${x},y=${y},w=${side},h=${side}].png".toString()
    ImageIO.write(patchAt(x, y), 'png', train.resolve(name).toFile())
    [name, pathClass, group].collect(quoted).join(',')
}
def csv = folder.resolve('train.csv')
def others = Files.exists(csv) ? Files.readAllLines(csv).drop(1).findAll { !it.startsWith('"' + slide + ' [x=') } : []
Files.write(csv, ['Filename,Label,Group', *others, *rows.unique()])
println rows.size() + ' nuclei of ' + slide + ' are in ' + csv
