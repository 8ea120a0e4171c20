/** PostgreSQL, as far as services share it: the store of model bundles, and what an outage is. */
package io.karyoflow.common.database;
