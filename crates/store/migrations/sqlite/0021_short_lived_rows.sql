-- Rows that are written with every message and soon deleted live in the tree of their key alone: a page less to write
-- and to sync for each commit.
create table outbox_by_key (
    outbox_id blob primary key not null,
    consult_id blob not null,
    kind text not null,
    payload text not null,
    created_at integer not null
) strict, without rowid;
insert into outbox_by_key select outbox_id, consult_id, kind, payload, created_at from outbox;
drop table outbox;
alter table outbox_by_key rename to outbox;

create table command_answer_by_key (
    user_id blob not null,
    command_id blob not null,
    at integer not null,
    answer text not null,
    primary key (user_id, command_id)
) strict, without rowid;
insert into command_answer_by_key select user_id, command_id, at, answer from command_answer;
drop table command_answer;
alter table command_answer_by_key rename to command_answer;
create index command_answer_at on command_answer (at);
