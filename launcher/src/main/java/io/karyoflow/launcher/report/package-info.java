/** What a job leaves in its output folder: labels, a report, charts, attribution pictures. */
package io.karyoflow.launcher.report;
