package io.karyoflow.launcher.qupath;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import groovy.lang.Script;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.control.CompilerConfiguration;

/**
 * Runs the scripts for QuPath without QuPath, which cannot be had from a package registry: in its language, and with those of
 * its functions (qupath.lib.gui.scripting.QPEx) that they call.
 */
public abstract class QuPathScript extends Script {
    private static final Path SCRIPTS = Path.of("..", "docs", "qupath");
    private static final String IMAGE = "openImage";
    private static final String PRINT_TO = "out"; // by Groovy's own convention

    /**
     * @param settings lines of the script, and what its user writes in their place
     * @return what it printed
     * @throws IllegalArgumentException if the script has no such line
     */
    public static String run(String script, Map<String, String> settings, OpenImage image) throws IOException {
        String text = Files.readString(SCRIPTS.resolve(script));
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            if (!text.contains(setting.getKey())) {
                throw new IllegalArgumentException(script + " has no line with " + setting.getKey());
            }
            text = text.replace(setting.getKey(), setting.getValue());
        }
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(QuPathScript.class.getName());
        StringWriter printed = new StringWriter();
        Binding binding = new Binding(Map.of(IMAGE, image, PRINT_TO, new PrintWriter(printed, true)));
        new GroovyShell(QuPathScript.class.getClassLoader(), binding, configuration).evaluate(text, script);
        return printed.toString();
    }

    private OpenImage image() {
        return (OpenImage) getBinding().getVariable(IMAGE);
    }

    public OpenImage.Server getCurrentServer() {
        return image().new Server();
    }

    public String getCurrentImageName() {
        return image().name();
    }

    public OpenImage.Project getProject() {
        return image().new Project();
    }

    public OpenImage.Entry getProjectEntry() {
        return image().entries().get(0);
    }

    public List<Nucleus> getDetectionObjects() {
        return image().detections();
    }

    public List<?> getAnnotationObjects() {
        return image().annotations();
    }

    public List<Nucleus> getSelectedObjects() {
        return image().selected();
    }

    public void selectObjects(Collection<Nucleus> objects) {
        image().selected().clear();
        image().selected().addAll(objects);
    }

    public String getPathClass(String name) {
        return name;
    }

    public String buildPathInProject(String name) {
        return image().project().resolve(name).toString();
    }

    public void fireHierarchyUpdate() {}
}
