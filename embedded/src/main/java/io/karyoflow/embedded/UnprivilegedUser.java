package io.karyoflow.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL refuses to run as root. How to run it then: the prefix of its commands. */
enum UnprivilegedUser {
    /** the user of this JVM is none */
    AS_IS(List.of()),
    /** in a user namespace, where root is nobody; containers often forbid it */
    UNSHARED(List.of("unshare", "-U")),
    /** really as nobody, who must be able to pass through the folders above its data */
    NOBODY(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));

    private final List<String> prefix;

    UnprivilegedUser(List<String> prefix) {
        this.prefix = prefix;
    }

    /** @throws IllegalStateException if this is root and there is no way to be another */
    static UnprivilegedUser find() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return AS_IS;
        }
        for (UnprivilegedUser user : List.of(UNSHARED, NOBODY)) {
            if (Tools.succeeds(user.running(List.of("true")).toArray(String[]::new))) {
                return user;
            }
        }
        throw new IllegalStateException("PostgreSQL does not run as root, and neither unshare nor setpriv works here;"
                + " run as an ordinary user, or install util-linux");
    }

    List<String> running(List<String> command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }

    /** Makes files this user's own. */
    void own(Path... files) throws IOException {
        if (this == NOBODY) {
            for (Path file : files) {
                Files.setAttribute(file, "unix:uid", 65534);
            }
        }
    }
}
