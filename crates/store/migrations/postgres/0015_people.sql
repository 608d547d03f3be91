-- Where people who can be asked are known from.
create table people_source (
    source_id uuid primary key not null,
    kind text not null,
    name text not null,
    name_key text not null unique,
    active boolean not null,
    -- Where two sources disagree, the one with the smaller place is believed.
    place bigint not null,
    settings text not null,
    created_at bigint not null,
    changed_at bigint not null
);

-- What a source tells of a person.
create table person (
    source_id uuid not null references people_source on delete cascade,
    -- What the source calls this person.
    source_key text not null,
    -- The person, whatever source tells of them.
    entry_id uuid not null,
    given text,
    family text,
    display text not null,
    company text,
    department text,
    title text,
    location text,
    email text,
    -- The e-mail address as it is compared.
    email_key text,
    -- Lists, as JSON.
    phones text not null,
    skills text not null,
    networks text not null,
    -- Of all that the source told: a person who is told of again in the same way costs no write.
    fingerprint bytea not null,
    primary key (source_id, source_key)
);
create index person_entry on person (entry_id);
create index person_email on person (email_key) where email_key is not null;

-- By which addresses on chat networks a person is found.
create table person_address (
    network text not null,
    address_key text not null,
    source_id uuid not null,
    source_key text not null,
    primary key (network, address_key, source_id, source_key),
    foreign key (source_id, source_key) references person on delete cascade
);
create index person_address_person on person_address (source_id, source_key);

-- When an entry was changed last; one that nobody tells of any more is gone.
create table people_entry (
    entry_id uuid primary key not null,
    revision bigint not null
);
create index people_entry_revision on people_entry (revision);

-- Counts the changes. An index of an older `whole_revision` is made anew of everything.
create table people_clock (
    one bigint primary key check (one = 1),
    -- Tells databases apart.
    identity uuid,
    revision bigint not null,
    whole_revision bigint not null
);
insert into people_clock (one, revision, whole_revision) values (1, 0, 0);

create table people_import (
    import_id uuid primary key not null,
    source_id uuid not null references people_source on delete cascade,
    by_name text not null,
    -- Whether who is not named is removed.
    is_full boolean not null,
    state text not null,
    error_code text,
    error_words text,
    began_at bigint not null,
    -- When it was last heard of.
    told_at bigint not null,
    ended_at bigint,
    read_count bigint not null,
    added_count bigint not null,
    changed_count bigint not null,
    removed_count bigint not null,
    refused_count bigint not null
);
create index people_import_source on people_import (source_id, import_id);

-- The first of what was refused in an import.
create table people_refused (
    import_id uuid not null references people_import on delete cascade,
    no bigint not null,
    -- The number of the row, or the source's key.
    place text not null,
    reason text not null,
    words text not null,
    primary key (import_id, no)
);
