/** Where the images of a job come from: a folder in the users' layout, given or generated. */
package io.karyoflow.launcher.data;
