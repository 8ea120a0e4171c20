/** What was explained lately, for people who want to look at it again with other methods. */
package io.karyoflow.explain.recent;
