-- The local part of the address at which experts write to the agents of a queue.
alter table queue add column team_address text;
create unique index queue_team_address on queue (team_address) where team_address is not null;
