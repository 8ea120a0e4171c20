/** What the person at the terminal sees while a job runs, and when the job loses patience. */
package io.karyoflow.launcher.progress;
