-- What the server signs in to a source with, encrypted.
create table people_source_secret (
    source_id blob primary key not null references people_source on delete cascade,
    secret blob not null
) strict, without rowid;

-- The hash of the token that a source signs in with.
create table people_source_token (
    source_id blob primary key not null references people_source on delete cascade,
    token_hash blob not null unique,
    made_at integer not null
) strict, without rowid;

-- What a source that provisions has told of a user, be they active or not. An active one is a person as well.
create table provisioned_user (
    provisioned_id blob primary key not null,
    source_id blob not null references people_source on delete cascade,
    user_name text not null,
    user_name_key text not null,
    external_id text,
    active integer not null,
    -- As JSON.
    resource text not null,
    -- Counts the changes of this user.
    revision integer not null,
    created_at integer not null,
    changed_at integer not null,
    unique (source_id, user_name_key)
) strict, without rowid;
create index provisioned_user_source on provisioned_user (source_id, provisioned_id);
create index provisioned_user_external on provisioned_user (source_id, external_id) where external_id is not null;
