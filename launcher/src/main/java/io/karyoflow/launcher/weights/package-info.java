/** What the launcher needs to know of a file of pretrained weights before it hands it to the trainers: whose they are. */
package io.karyoflow.launcher.weights;
