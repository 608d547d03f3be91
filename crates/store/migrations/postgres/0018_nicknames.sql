-- Which short forms stand for which names, beside those that come along.
create table nickname (
    place bigint primary key not null,
    name text not null,
    -- The name as names are compared.
    name_key text not null unique,
    -- As a JSON list.
    nicknames text not null
);

-- Counts the changes of the table above.
alter table people_clock add column nicknames_revision bigint not null default 0;
