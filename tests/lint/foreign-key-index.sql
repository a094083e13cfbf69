--# setup
create table t (id bigint primary key);
create table u (a bigint, b bigint, primary key (a, b));
--# case it fires
create table v (
    id bigint primary key,
    t_id bigint references t,
    a bigint, b bigint,
    foreign key (a, b) references u
);
create index on v (b);
create index on v (t_id) where a > 0;
--# finds 3:5 foreign-key-index: no index serves foreign key v_t_id_fkey on public.v (t_id)
--# finds 4:5 foreign-key-index: no index serves foreign key v_a_b_fkey on public.v (a, b)
--# case an index, also later in the file
create table v (
    id bigint primary key references t,
    t_id bigint references t,
    s_id bigint references t,
    a bigint, b bigint,
    foreign key (a, b) references u
);
create index on v (b, a, id);
create index on v (t_id) where t_id is not null;
create index on v (s_id);
