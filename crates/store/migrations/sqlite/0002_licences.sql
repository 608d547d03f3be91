-- Which user may use which chat network. Whoever has connected an account already keeps it.
create table network_licence (
    user_id blob not null references user_account on delete cascade,
    network text not null,
    granted_at integer not null,
    primary key (user_id, network)
) strict;
create index network_licence_network on network_licence (network);

insert into network_licence (user_id, network, granted_at)
    select user_id, network, connected_at from network_account;
