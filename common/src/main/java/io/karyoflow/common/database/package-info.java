/** What the services that use PostgreSQL share. */
package io.karyoflow.common.database;
