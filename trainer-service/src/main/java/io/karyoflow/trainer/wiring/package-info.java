/** Makes beans of the plain domain classes, with the outer packages behind their ports. */
package io.karyoflow.trainer.wiring;
