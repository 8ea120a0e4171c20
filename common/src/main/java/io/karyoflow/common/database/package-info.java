/** PostgreSQL, as far as services share it: the store of model bundles, what an outage is, and which texts it takes. */
package io.karyoflow.common.database;
