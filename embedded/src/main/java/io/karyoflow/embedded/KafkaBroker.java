package io.karyoflow.embedded;

/** The main class of the broker's own JVM: formats its folder if it is new, then runs Kafka. */
final class KafkaBroker {
    private static final String CLUSTER_ID = "a2FyeW9mbG93LWxvY2FsMQ";

    private KafkaBroker() {}

    public static void main(String[] arguments) {
        String configuration = arguments[0];
        int status = kafka.tools.StorageTool.execute(
                new String[] {"format", "--ignore-formatted", "-t", CLUSTER_ID, "-c", configuration}, System.out);
        if (status != 0) {
            System.exit(status);
        }
        kafka.Kafka.main(new String[] {configuration});
    }
}
