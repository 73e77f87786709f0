-- Snapshot 1 is a standalone account at midnight of 2021-01-24, snapshot 2 an
-- account in an AWS Organization at the same time.
insert into organization values ('org-a');
insert into account values ('org-a', '111122223333'), ('org-a', '444455556666');
insert into source_file (file_id, path, sha256, size_bytes, attribution_hash, outcome, n_rows_read, n_rows_loaded, n_rows_refused)
    values (1, 'a.csv', '', 0, 0, 'loaded', 0, 0, 0);
insert into snapshot (snapshot_id, org_id, account_id, captured_at, captured_at_source, is_standalone, partition, file_id)
    values
        (1, 'org-a', '111122223333', timestamp '2021-01-24', 'path', true, 'aws', 1),
        (2, 'org-a', '444455556666', timestamp '2021-01-24', 'path', false, 'aws', 1);
