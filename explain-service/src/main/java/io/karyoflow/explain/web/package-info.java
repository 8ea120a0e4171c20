/** Explanations over HTTP, for scripts and for the page, which uses nothing else. */
package io.karyoflow.explain.web;
