/*
 * Has Karyoflow label the nuclei of the open image: cuts a patch around each detection, or each selected one, sends it, waits
 * for its label, and makes that the detection's class, with the probability of each class as a measurement, and as "margin"
 * by how much the largest exceeds the second: the smaller, the less sure the model is.
 *
 * What a person did stays: a class that is not the one that a model gave, a class confirmed with confirm-nuclei.groovy, and
 * everything within annotations whose name or class begins with "Reviewed".
 *
 * For QuPath's script editor. What fails while nuclei are sent is tried again for as long as the patience lasts; nothing is
 * classified if it still does. Labels that were given stay with Karyoflow, and running it again asks anew.
 */
import com.google.gson.Gson
import com.google.gson.JsonParseException
import com.google.gson.stream.JsonReader
import java.awt.Color
import java.awt.image.BufferedImage
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse.BodyHandlers
import java.nio.charset.StandardCharsets
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletableFuture
import java.util.concurrent.Semaphore
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicBoolean
import java.util.concurrent.atomic.AtomicReference
import javax.imageio.ImageIO

def ingest = 'http://localhost:8081' // where the ingest service is
def size = 100 // side of a patch in its own pixels, as in training
def downsample = 1.0 // pixels of the slide to one of the patch, so that nuclei are as large as in training
def patience = Duration.ofMinutes(1) // without a further label, or until a nucleus is taken

def server = getCurrentServer()
def slide = getCurrentImageName()
def parameter = { String name, Object value -> name + '=' + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8) }

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
def isAPersons = { nucleus ->
    isInReviewedArea(nucleus) || (nucleus.getPathClass()?.toString() &&
            (nucleus.getMeasurementList().containsKey('reviewed') || !isTheModels(nucleus)))
}
def found = getSelectedObjects().findAll { it.isDetection() } ?: getDetectionObjects()
def nuclei = found.findAll { !isAPersons(it) }
println nuclei.size() + ' nuclei to label, ' + (found.size() - nuclei.size()) + ' stay as a person left them'

// --- ask
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
    def png = new ByteArrayOutputStream()
    ImageIO.write(patch, 'png', png)
    png.toByteArray()
}

def http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()
def waiting = [:] // detections by the ids of their requests
def failure = new AtomicReference<String>()
def taken = new AtomicBoolean() // whether any was: else the address may be wrong, and waiting does not help
def underWay = new Semaphore(16)
def later = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
def send
send = { HttpRequest request, long since -> // by its id it is the same request if it comes twice
    http.sendAsync(request, BodyHandlers.ofString()).whenComplete { answer, error ->
        if (error == null && answer.statusCode() == 202) {
            taken.set(true)
        } else {
            boolean mayPass = taken.get() && (error != null || answer.statusCode() == 503)
            if (mayPass && failure.get() == null && System.nanoTime() - since < patience.toNanos()) {
                later.execute { send(request, since) }
                return
            }
            failure.compareAndSet(null, error != null ? error.toString() : answer.statusCode() + ' ' + answer.body())
        }
        underWay.release()
    }
}
for (nucleus in nuclei) {
    def roi = middle(nucleus)
    int x = Math.round(roi.centroidX - size * downsample / 2), y = Math.round(roi.centroidY - size * downsample / 2)
    def id = UUID.randomUUID().toString()
    def query = [parameter('id', id), parameter('slide', slide), parameter('x', x), parameter('y', y)].join('&')
    def request = HttpRequest.newBuilder(URI.create(ingest + '/images?' + query))
            .header('content-type', 'image/png')
            .timeout(Duration.ofMinutes(1))
            .POST(HttpRequest.BodyPublishers.ofByteArray(patchAt(roi, x, y)))
            .build()
    underWay.acquire()
    if (failure.get() != null) {
        break
    }
    waiting[id] = nucleus
    send(request, System.nanoTime())
    if (waiting.size() % 1000 == 0) {
        println waiting.size() + ' of ' + nuclei.size() + ' nuclei sent'
    }
}
if (failure.get() == null) {
    underWay.acquire(16) // all are acknowledged
}
if (failure.get() != null) {
    throw new IOException(ingest + ' does not take the nuclei: ' + failure.get())
}

// --- wait
def gson = new Gson()
def newest = null // of those that the last answer brought, by the clock of who labels
def lastSign = System.nanoTime()
def problem = ''
def doubtful = [:] // how many labels by what makes them so
int asked = waiting.size()
while (!waiting.isEmpty() && System.nanoTime() - lastSign < patience.toNanos()) {
    // while labels come, those from shortly before the newest; else all, as clocks differ, and earlier runs had labels, too
    def since = newest == null ? '' : '&' + parameter('from', newest.minusSeconds(60))
    newest = null
    def request = HttpRequest.newBuilder(URI.create(ingest + '/predictions?' + parameter('slide', slide) + since))
            .header('accept', 'application/json')
            .timeout(Duration.ofMinutes(5))
            .build()
    try {
        def answer = http.send(request, BodyHandlers.ofInputStream())
        answer.body().withReader('UTF-8') { body ->
            if (answer.statusCode() != 200) {
                problem = '; the last answer was ' + answer.statusCode() + ' ' + body.text
                return
            }
            problem = ''
            def labels = new JsonReader(body) // one after the other, since with those of earlier runs they may be millions
            labels.beginArray()
            while (labels.hasNext()) {
                def label = gson.fromJson(labels, Map)
                def nucleus = waiting.remove(label.requestId)
                if (nucleus != null) {
                    lastSign = System.nanoTime()
                    def at = Instant.parse(label.predictedAt)
                    newest = newest == null || at.isAfter(newest) ? at : newest
                    if (isAPersons(nucleus)) { // since it was sent
                        continue
                    }
                    if (label.warning != null) {
                        doubtful[label.warning] = (doubtful[label.warning] ?: 0) + 1
                    }
                    def measurements = nucleus.getMeasurementList()
                    def outdated = probabilities(nucleus).keySet() + ['next', 'reviewed'] // the model's classes may be others
                    outdated.each { measurements.remove(it) }
                    label.probabilities.each { measurements.put('p(' + it.className + ')', it.probability as double) }
                    def (largest, second) = (label.probabilities*.probability + [0.0d]).sort().reverse()
                    measurements.put('margin', largest - second as double)
                    measurements.close() // so that nuclei share a list of names, or each has and saves its own
                    nucleus.setPathClass(getPathClass(label.className))
                }
            }
        }
    } catch (IOException | JsonParseException e) {
        problem = '; the last attempt failed with ' + e
    }
    fireHierarchyUpdate()
    println asked - waiting.size() + ' of ' + asked + ' nuclei labelled'
    if (!waiting.isEmpty()) {
        Thread.sleep(1000)
    }
}
doubtful.each { warning, count ->
    println('CAREFUL: ' + count + ' of ' + asked + ' labels may be wrong: ' + warning
            + '. Are size and downsample, at the beginning of this script, as they were for the training patches?')
}
if (!waiting.isEmpty()) {
    throw new IOException(waiting.size() + ' of ' + asked + ' nuclei got no label' + problem
            + '. Is a model in service, and is inference up? Labels that come later are at ' + ingest + '/predictions')
}
