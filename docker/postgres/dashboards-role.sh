#!/bin/bash
# Runs once, in an empty database: the role that Grafana and other readers of the views log in with. The migrations
# grant it the schema dashboards and nothing else.
set -euo pipefail

psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" \
    --set=password="$KARYOFLOW_DASHBOARDS_PASSWORD" <<'SQL'
CREATE ROLE karyoflow_dashboards LOGIN PASSWORD :'password';
ALTER ROLE karyoflow_dashboards SET default_transaction_read_only = on;
ALTER ROLE karyoflow_dashboards SET statement_timeout = '30s';
SQL
