/*
 * Tells Karyoflow what the nuclei of the open image are that it labelled, so that one sees how often the model in service is
 * right. The class of each nucleus within annotations whose name or class begins with "Reviewed" is sent as sampled, for
 * accuracy is measured on these alone; outside of them that of each nucleus that a person corrected, or confirmed with
 * confirm-nuclei.groovy, as not sampled. Nuclei without p(...) were not labelled and are left out, and so are those without a
 * class or with one that QuPath ignores (Ignore*, Region*).
 *
 * Accuracy is wrong unless the regions were chosen before anybody looked at the labels in them. If they were not, set sampled
 * to false before: Karyoflow does not forget that a nucleus was sampled.
 *
 * A truth is about the label that is stored for the nucleus's place, the latest if there are several, and takes the place of
 * an earlier truth about it, so that running this again does no harm.
 *
 * For QuPath's script editor, after classify-nuclei.groovy.
 */
import com.google.gson.Gson
import com.google.gson.JsonParseException
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse.BodyHandlers
import java.nio.charset.StandardCharsets
import java.time.Duration

def ingest = 'http://localhost:8081' // where the ingest service is
def size = 100 // as it was in classify-nuclei.groovy
def downsample = 1.0 // as it was in classify-nuclei.groovy
def sampled = true // whether the reviewed regions were chosen before anybody looked at the labels in them
def by = '' // who says what the nuclei are, in at most 100 characters; may be empty

def slide = getCurrentImageName()
def atOnce = 10_000 // rows; ingest takes 100,000, but no more than 16 MiB: so many have less, however long the image's name
def within = 2 // pixels by which the middle of a nucleus may be rounded otherwise after its image was saved and opened again
def parameter = { String name, Object value -> name + '=' + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8) }
def quoted = { '"' + it.toString().replace('"', '""') + '"' }

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
def labelled = getDetectionObjects().findAll {
    def pathClass = it.getPathClass()?.toString()
    pathClass && !(pathClass ==~ /.*\*|(?i:reviewed).*/) && !probabilities(it).isEmpty()
}
def (inReviewedAreas, elsewhere) = labelled.split { isInReviewedArea(it) }
def correctedOrConfirmed = elsewhere.findAll { !isTheModels(it) || it.getMeasurementList().containsKey('reviewed') }

/** x and y are those of the patch that was labelled. */
def row = { nucleus, isSampled ->
    def roi = middle(nucleus)
    int x = Math.round(roi.centroidX - size * downsample / 2), y = Math.round(roi.centroidY - size * downsample / 2)
    [quoted(slide), x, y, quoted(nucleus.getPathClass()), isSampled].join(',')
}
def truths = [*inReviewedAreas.collect { [nucleus: it, row: row(it, sampled)] },
              *correctedOrConfirmed.collect { [nucleus: it, row: row(it, false)] }]
println(truths.size() + ' of ' + labelled.size() + ' labelled nuclei of ' + slide + ' to send: ' + inReviewedAreas.size()
        + ' in reviewed regions, ' + (sampled ? '' : 'not ') + 'as sampled, and ' + correctedOrConfirmed.size()
        + ' corrected or confirmed elsewhere')

// --- send
def http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()
def gson = new Gson()
def query = [parameter('within', within), parameter('by', by)].join('&')
int stored = 0, notStored = 0
def problems = [] // the first ones
for (part in truths.collate(atOnce)) {
    def table = ['slide,x,y,label,sampled', *part.collect { it.row }, ''].join('\n')
    def request = HttpRequest.newBuilder(URI.create(ingest + '/truths?' + query))
            .header('content-type', 'text/csv')
            .timeout(Duration.ofMinutes(5))
            .POST(HttpRequest.BodyPublishers.ofString(table))
            .build()
    def result = null
    def failure = null
    try {
        def answer = http.send(request, BodyHandlers.ofString())
        if (answer.statusCode() == 200) {
            result = gson.fromJson(answer.body(), Map)
        } else {
            failure = answer.statusCode() + ' ' + answer.body()
        }
    } catch (IOException | JsonParseException e) {
        failure = e.toString()
    }
    if (failure != null) {
        throw new IOException(ingest + ' does not take the truths: ' + failure
                + (stored > 0 ? '; ' + stored + ' were stored before' : '') + '. Running this again sends all of them')
    }
    stored += result.stored as int
    notStored += result.problemCount as int

    /** Whose row is in a line of the table; the first line is the header. */
    def nucleusOf = { line ->
        def nucleus = part[(line as int) - 2].nucleus
        def roi = middle(nucleus)
        'nucleus at x ' + Math.round(roi.centroidX) + ', y ' + Math.round(roi.centroidY) + ' (' + nucleus.getPathClass() + ')'
    }
    for (problem in result.problems.take(10 - problems.size())) {
        def reason = problem.reason.replaceAll(/^line (\d+)/) { all, line -> 'the ' + nucleusOf(line) }
        problems << nucleusOf(problem.line) + ': ' + reason
    }
}
println stored + ' of ' + truths.size() + ' truths are stored'
problems.each { println '  not that of the ' + it }
if (notStored > problems.size()) {
    println '  nor those of ' + (notStored - problems.size()) + ' other nuclei'
}
if (notStored > 0) {
    println('Where no label is found: size, downsample and the name of the image must be as they were when it was classified, '
            + 'and its labels must not have been deleted')
}
