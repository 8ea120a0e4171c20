/**
 * Generated nuclei: a labelled data set for those who have none at hand. Four classes drawn the way they look in
 * haematoxylin and eosin, on tiles that each have their own stain.
 *
 * <p>{@link io.karyoflow.ingest.sample.GenerateSample} writes the files; {@link
 * io.karyoflow.ingest.sample.TissuePainter} composes one patch from {@link io.karyoflow.ingest.sample.NucleusShape}s and
 * backgrounds as amounts of two dyes; {@link io.karyoflow.ingest.sample.Stain} turns dyes into light.
 */
package io.karyoflow.ingest.sample;
