# What the commands of this project have in common. A command sets $command, its name, and $home, the project's folder,
# sources this, and ends with launch.

target=$home/launcher/target
stamp=$target/quickstart.stamp

fail() {
    echo "$command: $1" >&2
    exit 1
}

find_java() {
    if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
        java=$JAVA_HOME/bin/java
    else
        java=$(command -v java) || fail "no java found; install a JDK 17 or later (Debian: apt install openjdk-17-jdk)"
    fi
    version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
    [ "${version:-0}" -ge 17 ] || fail "$java is Java ${version:-of an unknown version}; 17 or later is needed (set JAVA_HOME)"
}

is_built() {
    [ -f "$stamp" ] && [ -d "$target/lib" ] || return 1
    for service in ingest tuner trainer inference explain; do
        [ -f "$home/$service-service/target/quarkus-app/quarkus-run.jar" ] || return 1
    done
    changed=$(find "$home/pom.xml" "$home"/*/pom.xml "$home"/*/src/main -newer "$stamp" -print | head -n 1)
    [ -z "$changed" ]
}

# from "[INFO] Building Karyoflow ingest 0.1.0   [4/9]" to "  [4/9] Karyoflow ingest"
show_modules() {
    while read -r line; do
        case $line in
            '[INFO] Building Karyoflow'*']')
                module=${line#'[INFO] Building '}
                echo "  ${module##* } ${module%% [0-9]*}"
                ;;
        esac
    done
}

build() {
    command -v mvn >/dev/null || fail "mvn not found; install Maven 3.8 or later (Debian: apt install maven)"
    [ -x "$(dirname -- "$java")/javac" ] || fail "$java has no compiler beside it; install a JDK, not only a JRE"
    mkdir -p "$target"
    log=$target/quickstart-build.log
    echo "Building (the first time Maven also downloads what it needs, which takes minutes); log: $log"
    touch "$target/quickstart.begin"
    mvn -B -Dstyle.color=never -f "$home/pom.xml" package -DskipTests -Dspotless.skip 2>&1 | tee "$log" | show_modules
    if ! grep -q '^\[INFO\] BUILD SUCCESS' "$log"; then
        grep '^\[ERROR\]' "$log" | head -n 20 >&2
        fail "the build failed; see $log"
    fi
    mv "$target/quickstart.begin" "$stamp" # what changed while it was building is built next time
}

# Builds what is not built, then becomes a JVM with these arguments: options of the JVM, the class, its arguments.
launch() {
    find_java
    is_built || build
    exec "$java" -Xmx256m -XX:+UseSerialGC -Djava.awt.headless=true -cp "$target/*:$target/lib/*" "$@"
}
