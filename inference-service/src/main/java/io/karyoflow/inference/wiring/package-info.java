/** Where the plain Java of the domain meets configuration and injection. */
package io.karyoflow.inference.wiring;
