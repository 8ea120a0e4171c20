/** Where the images of a job come from: a folder in the users' layout, given or generated; and its import. */
package io.karyoflow.launcher.data;
