-- With a publication FOR ALL TABLES PostgreSQL refuses UPDATE and DELETE of tables whose rows it cannot name. These two
-- are queues, in which equal rows may stand, and a key would cost every change of a play an index. Naming a row by all
-- of its columns costs an INSERT nothing, and a DELETE only where changes are decoded.

alter table analytics.play_queue replica identity full;
alter table analytics.rebuild_request replica identity full;
