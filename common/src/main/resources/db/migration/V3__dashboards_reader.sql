-- A role for people and tools that only read the views. Making it is the database owner's business (see
-- docker/postgres); where it is made later, these grants are to be given by hand.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'karyoflow_dashboards') THEN
        GRANT USAGE ON SCHEMA dashboards TO karyoflow_dashboards;
        GRANT SELECT ON ALL TABLES IN SCHEMA dashboards TO karyoflow_dashboards;
        -- and the views of later migrations
        ALTER DEFAULT PRIVILEGES IN SCHEMA dashboards GRANT SELECT ON TABLES TO karyoflow_dashboards;
    END IF;
END
$$;
