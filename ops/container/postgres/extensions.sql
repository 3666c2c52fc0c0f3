-- What monitoring sees more with. Run once, as the superuser, when the volume is new.
create extension if not exists pg_stat_statements;
create extension if not exists pgstattuple;
