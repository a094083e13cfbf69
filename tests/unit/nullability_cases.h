/*
 * Statements with what is expected of each column, in order: `x` proven not NULL, `-` nullable.
 * NULL for `columns`: the statement is not analysed. `args` are the parameters, separated by `|`.
 * `refused`: the server does not run it. `from`: the first major version that does.
 */
#ifndef NULLABILITY_CASES_H
#define NULLABILITY_CASES_H

#include "codegen/nullability.h"

typedef struct nullability_case {
    const char *sql;
    const char *columns;
    qi_cardinality cardinality;
    const char *args;
    bool refused;
    int from;
} nullability_case;

#define MANY QI_MANY
#define FEW QI_AT_MOST_ONE
#define ONE QI_EXACTLY_ONE

static const nullability_case nullability_cases[] = {
    /* Base columns and stars. */
    { "select id, title, isbn, price, pages from books", "xx--x", MANY },
    { "select * from books", "x-x--xxxxx--x-x--", MANY },
    { "select b.* from books b", "x-x--xxxxx--x-x--", MANY },
    { "select books.title, public.books.isbn from books", "x-", MANY },
    { "select b.id, a.* from books b, authors a", "xxx--x", MANY },
    { "select lbl, rating from books", "x-", MANY },
    { "select ctid, xmin, tableoid from books", "xxx", MANY },
    { "select b.ctid from authors a left join books b on b.author_id = a.id", "-", MANY },
    { "select * from other.authors", "--", MANY },
    { "select * from only_here", "x-", MANY, NULL, true },
    { "select * from other.only_here", "x-", MANY },
    { "select * from parents", "--", MANY },
    { "select * from only parents", "xx", MANY },
    { "select v from heirs", "-", MANY },
    { "select relname from pg_class", "-", MANY },
    { "select * from frozen", "--", MANY },
    { "table authors", "xx--x", MANY },
    { "select b from books b", "-", MANY },
    { "select (duo).a, (b.duo).b from books b", "--", MANY },
    { "select b.title_of from books b", "-", MANY },
    { "select tablesample_.id from books as tablesample_ tablesample system (100)", "x", MANY },
    { "select from books", "", MANY },

    /* Literals, parameters, casts. */
    { "select 1 as x, 'a', null, true, 1.5", "xx-xx", ONE },
    { "select null::int, '5'::int, 'sad'::mood, 'x'::label", "-xxx", ONE },
    { "select $1::int, $2", "xx", ONE, "1|a" },
    { "select -5, +3, - 0", "xxx", ONE },
    { "select price::int, pages::text, mood::text from books", "-xx", MANY },
    { "select (meta -> 'n')::text, meta::text from books", "-x", MANY },
    { "select cast(title as varchar(3)), title collate \"C\" from books", "xx", MANY },
    { "select '1'::jsonb::int", "-", ONE },
    { "select published::time, created_at::time, now()::date from books, reviews", "--x", MANY },
    { "select array[1, null], array[]::int[], '{}'::int[]", "xxx", ONE },
    { "select row(1, null)", "x", ONE },
    { "select tags[1], tags[1:2] from books", "--", MANY },
    { "select current_date, current_timestamp, now(), localtime, current_user", "xxxxx", ONE },
    { "select current_schema, current_catalog", "-x", ONE },

    /* Operators and functions. */
    { "select pages + 1, pages * 2, pages - 1, pages / 1, pages % 7, -pages from books", "xxxxxx",
      MANY },
    { "select pages + price, price * 2 from books", "--", MANY },
    { "select title || '!', title || isbn, pages || '!', title || pages from books", "x-xx", MANY },
    { "select tags || 'a'::text, tags || tags, tags || null::text[] from books", "xx-", MANY },
    { "select meta || '{}', meta -> 'a', meta ->> 'a', meta #> '{a}', meta - 'a' from books",
      "x---x", MANY },
    { "select area + area, route + route from books", "--", MANY },
    { "select lower(title), upper(isbn), length(title), trim(title) from books", "x-xx", MANY },
    { "select reverse(nick), reverse(name) from authors", "--", MANY },
    { "select pg_catalog.reverse(name) from authors", "x", MANY },
    { "select nothing(pages), nothing(1) from books", "--", MANY },
    { "select substring(title from 1 for 2), substring(title from 'z'), substr(title, 2)"
      " from books",
      "x-x", MANY },
    { "select substring(title from $1) from books", "-", MANY, "zzz" },
    { "select replace(title, 'a', 'b'), left(title, 2), split_part(title, ' ', 9) from books",
      "xxx", MANY },
    { "select array_length(tags, 1), cardinality(tags), array_to_string(tags, ',') from books",
      "-xx", MANY },
    { "select array_position(tags, 'a'), array_upper(tags, 1) from books", "--", MANY },
    { "select regexp_match(title, 'zzz'), regexp_replace(title, 'a', 'b') from books", "-x", MANY },
    { "select to_char(pages, '999'), to_char(now(), ''), to_char(published, 'YYYY') from books",
      "x--", MANY },
    { "select to_number('1', $1)", "-", ONE, "" },
    { "select round(price), round(pages / 3.0, 1), abs(-pages), ceil(pages * 1.5) from books",
      "-xxx", MANY },
    { "select concat(isbn, null), concat_ws(isbn, 'a', 'b'), concat_ws(',', isbn), format('%s', "
      "isbn)"
      " from books",
      "x-xx", MANY },
    { "select concat(variadic null::text[])", "-", ONE },
    { "select num_nulls(isbn, price) from books", "x", MANY },
    { "select jsonb_build_object('a', isbn), to_jsonb(isbn), to_jsonb(title) from books", "x-x",
      MANY },
    { "select date_trunc('day', now()), extract(year from now()), extract(day from now())", "xx-",
      ONE },
    { "select extract(day from born), extract(epoch from created_at) from authors, reviews", "-x",
      MANY },
    { "select extract(day from created_at) from reviews", "-", MANY },
    { "select created_at + interval '1 day', now() - created_at, created_at::date + 1"
      " from reviews",
      "xxx", MANY },
    { "select created_at at time zone 'UTC', age(created_at) from reviews", "xx", MANY },
    { "select gen_random_uuid(), random(), pi()", "xxx", ONE },
    { "select lower(int4range(1, 1)), isempty(int4range(1, 2))", "--", MANY },
    { "select scale('NaN'), current_setting('a.b', true)", "--", MANY },
    { "select to_tsvector('english', title) @@ to_tsquery('english', 'a') from books", "x", MANY },

    /* Conditions as values. */
    { "select pages = 1, price = 1, title like 'a%', isbn like 'a%', pages > $1 from books",
      "x-x-x", MANY, "5" },
    { "select price is null, price is not null, price is distinct from 1, available is true"
      " from books",
      "xxxx", MANY },
    { "select available and true, available or price > 1, not available from books", "x-x", MANY },
    { "select pages in (1, 2), pages in (1, null), price in (1, 2), pages not in (1, 2) from books",
      "x--x", MANY },
    { "select pages between 1 and 2, pages between 1 and price from books", "x-", MANY },
    { "select pages = any (array[1, null]), pages = all ('{}'::int[]) from books", "--", MANY },
    { "select mood = 'sad', mood <> 'happy' from books", "xx", MANY },
    { "select coalesce(price, 0), coalesce(price, rating), coalesce(isbn, title) from books", "x-x",
      MANY },
    { "select nullif(pages, 0), greatest(price, 1), least(price, rating) from books", "-x-", MANY },
    { "select case when pages > 1 then 1 end, case when pages > 1 then 1 else 2 end,"
      " case pages when 1 then title else isbn end from books",
      "-x-", MANY },
    { "select exists (select from reviews), array(select stars from reviews)", "xx", ONE },
    { "select (select 1), (select count(*) from books), (select max(pages) from books),"
      " (select id from books where id = 1)",
      "xx--", ONE },
    { "select (select 1 where false), (select 1 limit 1), (select 1 limit 0), (select 1 offset 1)",
      "-x--", ONE },
    { "select pages in (select stars from reviews), pages in (select id from books),"
      " pages = any (select book_id from reviews), pages > all (select id from books) from books",
      "-xxx", MANY },

    /* Joins. */
    { "select b.id, a.id, a.name from books b left join authors a on a.id = b.author_id", "x--",
      MANY },
    { "select b.id, a.id, a.name from books b right join authors a on a.id = b.author_id", "-xx",
      MANY },
    { "select b.id, a.id from books b full join authors a on a.id = b.author_id", "--", MANY },
    { "select b.id, a.id, b.author_id from books b join authors a on a.id = b.author_id", "xxx",
      MANY },
    { "select b.author_id from books b join authors a on a.id <= coalesce(b.author_id, 5)", "-",
      MANY },
    { "select * from books b cross join reviews r", "x-x--xxxxx--x-x--xx--x", MANY },
    { "select a.name, b.title, r.stars, r.user_id from authors a left join"
      " (books b join reviews r on r.book_id = b.id) on b.author_id = a.id",
      "x---", MANY },
    { "select a.name, b.title, r.user_id from authors a join books b on b.author_id = a.id"
      " left join reviews r on r.book_id = b.id",
      "xx-", MANY },
    { "select a.name, b.title, r.user_id from authors a left join books b on b.author_id = a.id"
      " left join reviews r on r.book_id = b.id",
      "x--", MANY },
    { "select a.name, b.title, r.user_id from authors a left join books b on b.author_id = a.id"
      " join reviews r on r.book_id = b.id",
      "xxx", MANY },
    { "select a.name, b.title, r.user_id from reviews r right join books b on r.book_id = b.id"
      " right join authors a on b.author_id = a.id",
      "x--", MANY },
    { "select a.name, b.title, r.user_id from authors a full join books b on b.author_id = a.id"
      " full join reviews r on r.book_id = b.id",
      "---", MANY },
    { "select a.name, b.title from authors a left join books b on b.author_id = a.id"
      " where b.id is not null",
      "xx", MANY },
    { "select a.name, b.title, b.isbn from authors a left join books b on b.author_id = a.id"
      " where b.price > 1",
      "xx-", MANY },
    { "select a.name, b.title from authors a left join books b on b.author_id = a.id"
      " where b.price > 1 or a.id = 1",
      "x-", MANY },
    { "select a.name, b.title from authors a left join books b on b.author_id = a.id"
      " where not (b.price > 100)",
      "xx", MANY },
    { "select a.name, b.title from authors a left join books b on b.author_id = a.id"
      " where not (b.id is not null)",
      "x-", MANY },
    { "select a.name, b.title from authors a left join books b on b.author_id = a.id and b.pages > "
      "1",
      "x-", MANY },
    { "select a.country, b.title from authors a left join books b on a.country = 'US'", "--",
      MANY },
    { "select b.title, b.author_id from authors a left join books b on b.author_id = a.id"
      " where b.title like '%'",
      "xx", MANY },
    { "select b.title, r.user_id from authors a left join (books b left join reviews r"
      " on r.book_id = b.id) on b.author_id = a.id where r.user_id = 1",
      "xx", MANY },
    { "select b.title, r.user_id from authors a left join (books b left join reviews r"
      " on r.book_id = b.id) on b.author_id = a.id and r.user_id = 1 where b.id > 0",
      "xx", MANY },
    { "select a.name, b.title from authors a full join books b on b.author_id = a.id"
      " where a.id is not null",
      "x-", MANY },
    { "select j.id, j.name from (books b left join authors a on a.id = b.author_id)"
      " as j (id, author, title, isbn, price, pages, tags, meta, mood, lbl, rating, published,"
      " available, route, area, duo, deleted, aid, name)",
      "x-", MANY },
    { "select x.id from books b left join lateral (select r.user_id as id from reviews r"
      " where r.book_id = b.id limit 1) x on true",
      "-", MANY },
    { "select x.n from books b left join lateral (select count(*) as n from reviews r"
      " where r.book_id = b.id) x on true",
      "-", MANY },
    { "select x.n, b.id from books b cross join lateral (select count(*) as n from reviews r"
      " where r.book_id = b.id) x",
      "xx", MANY },
    { "select x.t from books b, lateral (select b.title as t, b.isbn) x", "x", MANY },

    /* USING and NATURAL: order and merged columns. */
    { "select * from readers r join authors a using (id)", "x--x-x--x", MANY },
    { "select * from readers r left join authors a using (id)", "x--x-----", MANY },
    { "select * from readers r right join authors a using (id)", "x----x--x", MANY },
    { "select * from readers r full join authors a using (id)", "x--------", MANY },
    { "select id, r.id, a.id from readers r full join authors a using (id)", "x--", MANY },
    { "select id, r.id, a.id from readers r left join authors a using (id)", "xx-", MANY },
    { "select author_id from readers r full join books b using (author_id)", "-", MANY },
    { "select author_id from readers r join books b using (author_id)", "x", MANY },
    { "select * from reviews natural join (select 1 as user_id, 2 as z) s", "xx--xx", MANY },
    { "select * from (select 1 as z, 2 as book_id) s natural left join reviews",
      "xx---"
      "-",
      MANY },
    { "select x.id from readers r join authors a using (id) as x", "x", MANY, .from = 14 },
    { "select id from readers r full join authors a using (id) full join books b using (id)", "x",
      MANY },
    { "select id from readers a left join (books b full join authors c using (id)) using (id)", "x",
      MANY },
    { "select s.id from readers a left join (books b full join authors c using (id)) as s"
      " on s.id = a.id",
      "-", MANY },

    /* WHERE. */
    { "select isbn, price from books where isbn = $1", "x-", FEW, "1" },
    { "select isbn, price from books where isbn is not null and price > 0", "xx", MANY },
    { "select isbn from books where isbn is not null or true", "-", MANY },
    { "select isbn from books where isbn is null", "-", MANY },
    { "select isbn from books where lower(isbn) = '1'", "x", MANY },
    { "select price from books where price + 1 > 0", "x", MANY },
    { "select price from books where coalesce(price, 1) > 0", "-", MANY },
    { "select isbn from books where isbn in ('1', '2')", "x", MANY },
    { "select isbn from books where isbn not in ('1', '2')", "x", MANY },
    { "select author_id from books where author_id in (select id from authors)", "x", MANY },
    { "select author_id from books where author_id not in (select id from authors where false)",
      "-", MANY },
    { "select isbn from books where isbn = any ($1)", "x", MANY, "{1,2}" },
    { "select isbn from books where isbn <> all ('{}'::text[])", "-", MANY },
    { "select price from books where price between 1 and 100", "x", MANY },
    { "select price, rating from books where price not between 1 and rating", "x-", MANY },
    { "select price, rating from books where (price, rating) = (9.99, 4)", "xx", MANY },
    { "select price, rating from books where (price, rating) <> (1, null)", "--", MANY },
    { "select isbn from books where isbn is distinct from '9'", "-", MANY },
    { "select isbn from books where isbn is not distinct from null", "-", MANY },
    { "select price from books where (price > 1) is true", "x", MANY },
    { "select price from books where (price > 1) is not true", "-", MANY },
    { "select price from books where (price > 1) is not false", "-", MANY },
    { "select price from books where (price > 1) is not unknown", "x", MANY },
    { "select price from books where (price > 1) is false", "x", MANY },
    { "select price from books where concat(price, 'a') = 'a'", "-", MANY },
    { "select meta ->> 'a', isbn from books where meta ->> 'a' = '1'", "--", MANY },
    { "select tags from books where tags @> array['a']", "x", MANY },
    { "select isbn from books where exists (select 1 where isbn = '1')", "-", MANY },
    { "select deleted_at from books where deleted_at is null", "-", MANY },

    /* Aggregates, GROUP BY, windows. */
    { "select count(*), count(isbn), sum(pages), max(title), array_agg(id) from books", "xx---",
      ONE },
    { "select count(*) filter (where pages > 1) from books", "x", ONE },
    { "select coalesce(sum(pages), 0), coalesce(max(price), 0) from books", "xx", ONE },
    { "select author_id, count(*), sum(pages), avg(pages), max(price), min(title) from books"
      " group by author_id",
      "-xxx-x", MANY },
    { "select mood, sum(pages) filter (where pages > 100), array_agg(isbn), string_agg(title, ',')"
      " from books group by mood",
      "x-xx", MANY },
    { "select stddev(pages), variance(pages), corr(pages, id) from books group by mood", "---",
      MANY },
    { "select mood, percentile_cont(0.5) within group (order by pages) from books group by mood",
      "x-", MANY },
    { "select bool_and(available), json_agg(isbn), jsonb_object_agg(id, isbn) from books group by "
      "id",
      "xxx", MANY },
    { "select mood, available, count(*), sum(pages) from books group by rollup (mood, available)",
      "--x-", MANY },
    { "select mood, available, count(*), sum(pages) from books group by mood, rollup (available)",
      "x-xx", MANY },
    { "select mood, available from books group by cube (1, 2)", "--", MANY },
    { "select mood as m from books group by grouping sets ((m), ())", "-", MANY },
    { "select coalesce(isbn, 'a'), count(*) from books group by rollup (coalesce(isbn, 'a'))", "-x",
      MANY },
    { "select grouping(mood), mood from books group by grouping sets ((mood), ())", "x-", MANY },
    { "select count(*), sum(pages) from books group by ()", "x-", ONE },
    { "select 'a' from books group by ()", "x", ONE },
    { "select sum(pages) from books group by grouping sets ((), (mood))", "-", MANY },
    { "select count(*) from books having count(*) > 100", "x", FEW },
    { "select 1 from books having true", "x", FEW },
    { "select 1 from books order by count(*)", "x", ONE },
    { "select row_number() over (), rank() over (order by id), dense_rank() over w, ntile(2) over w"
      " from books window w as (order by id)",
      "xxxx", MANY },
    { "select lag(id) over (), lead(id, 1, 0) over (), first_value(id) over (order by id),"
      " nth_value(id, 2) over (order by id) from books",
      "-xx-", MANY },
    { "select first_value(id) over (order by id rows between 1 following and 2 following),"
      " sum(id) over (order by id rows between 1 following and 2 following) from books",
      "--", MANY },
    { "select first_value(id) over w, sum(id) over w, count(*) over w from books"
      " window w as (order by id rows between 1 following and 2 following)",
      "--x", MANY },
    { "select sum(pages) over (), sum(price) over (partition by mood), avg(pages) over (order by "
      "id)"
      " from books",
      "x-x", MANY },
    { "select sum(count(*)) over (), sum(sum(pages)) over () from books", "x-", ONE },
    { "select sum(count(*)) over () from books group by mood", "x", MANY },
    { "select (select count(b.id)) from books b", "x", MANY },
    { "select (select count(b.id) from reviews where user_id = 9) from books b", "-", MANY },
    { "select (select count(r.stars) from reviews r where r.book_id = b.id) from books b", "x",
      MANY },

    /* Subqueries, CTEs, set operations. */
    { "select * from (select id, isbn from books) s", "x-", MANY },
    { "select s.* from (select id, isbn from books) s (a, b) where b = '1'", "xx", MANY },
    { "select * from (values (1, 'a'), (2, null)) v (x, y)", "x-", MANY },
    { "values (1, null), (2, 'a')", "x-", MANY },
    { "values (1, null)", "x-", ONE },
    { "with c as (select * from authors) select * from c", "xx--x", MANY },
    { "with books as (select null::int as id) select id from books", "-", FEW },
    { "with a as (select 1 as x), b as (select x from a) select * from b left join a on false",
      "x-", FEW },
    { "with authors as (select * from authors) select id, country from authors", "x-", MANY },
    { "with recursive t (n) as (values (1) union all select n + 1 from t where n < 5) select n "
      "from t",
      "x", MANY },
    { "with recursive t (n, p) as (select 1, 0 union all select n + 1, null from t where n < 3)"
      " select n, p from t",
      "x-", MANY },
    { "with recursive t (a, b, c) as (select 1, 2, 3 union all select b, c, null from t"
      " where a < 3) select a, b, c from t",
      "---", MANY },
    { "with recursive a as (select * from b), b as (select 1 as x) select * from a", "x", FEW },
    { "with recursive t (n) as (select 1 union all select n + 1 from t where n < 3)"
      " search depth first by n set o select * from t",
      "x-", MANY, .from = 14 },
    { "with recursive t (n) as (select 1 union all select n + 1 from t where n < 3)"
      " cycle n set c using p select n, c from t",
      "x-", MANY, .from = 14 },
    { "select title from books union select isbn from books", "-", MANY },
    { "select title from books union all select name from authors", "x", MANY },
    { "select title from books intersect select isbn from books", "x", MANY },
    { "select title from books except select isbn from books", "x", MANY },
    { "select isbn from books except select title from books", "-", MANY },
    { "(select title, null from books limit 1) union all (select name, 'b' from authors)", "x-",
      MANY },
    { "select distinct title, isbn from books", "x-", MANY },
    { "select distinct on (author_id) title, author_id from books order by author_id", "x-", MANY },
    { "select x.name from (select a.name from books b left join authors a on a.id = b.author_id) x",
      "-", MANY },
    { "select (select a.name from authors a where a.id = b.author_id) from books b", "-", MANY },
    { "select b.id from books b where exists (select id from reviews where id = 1)", "x", MANY },
    { "select name from (select id as name from books) authors", "x", MANY },
    { "select authors.name from books authors, lateral (select 1) s (name) where s.name = 1", "-",
      MANY, NULL, true },
    { "select count from (select count(*) from books) s", "x", FEW },
    { "select int4, coalesce, \"case\", exists from (select '1'::int4, coalesce(1), case when true"
      " then 1 else 2 end, exists (select 1)) s",
      "xxxx", FEW },

    /* Functions in FROM. */
    { "select * from generate_series(1, 3)", "x", MANY },
    { "select g.d, g.o from generate_series(1, 3) with ordinality as g (d, o)", "xx", MANY },
    { "select u from unnest(array[1, null]) u", "-", MANY },
    { "select t from books, unnest(tags) t", "-", MANY },
    { "select value from jsonb_array_elements('[null]')", "x", MANY },
    { "select value from jsonb_array_elements_text('[null]') x", "-", MANY },
    { "select * from jsonb_each('{\"a\": null}')", "xx", MANY },
    { "select * from jsonb_each_text('{\"a\": null}')", "x-", MANY },
    { "select x from many(3) x", "-", MANY },
    { "select a from jsonb_to_recordset('[{}]') as (a int)", "-", MANY },
    { "select unnest(array[1, null]), 1", "-x", MANY },
    { "select 1, many(3)", "x-", MANY },
    { "select 1 order by generate_series(1, 3)", "x", MANY },
    { "select b.id, g from books b left join generate_series(1, 0) g on true", "x-", MANY },

    /* Views. */
    { "select * from shelf", "xx--", MANY },
    { "select * from stats", "xx-", MANY },
    { "select n, top from one_row", "x-", FEW },
    { "select s.id, s.n from books b left join stats s on s.id = b.author_id", "--", MANY },
    { "select author from shelf where author = 'Le Guin'", "x", MANY },

    /* Cardinality. */
    { "select id from books where id = 1", "x", FEW },
    { "select id from books where id = $1", "x", FEW, "1" },
    { "select id from books where 1 = id and title = 'a'", "x", FEW },
    { "select id from books where id > 1", "x", MANY },
    { "select id from books where id = 1 or id = 2", "x", MANY },
    { "select stars from reviews where book_id = $1", "-", MANY, "1" },
    { "select stars from reviews where book_id = $1 and user_id = $2", "-", FEW, "1|1" },
    { "select stars from reviews where (book_id, user_id) = ($1, $2)", "-", FEW, "1|1" },
    { "select b.id, a.name from books b left join authors a on a.id = b.author_id where b.id = $1",
      "x-", FEW, "1" },
    { "select b.id, a.name from books b join authors a on a.id = b.author_id where b.id = $1", "xx",
      FEW, "1" },
    { "select a.name, b.title from authors a left join books b on b.author_id = a.id"
      " where a.id = $1",
      "x-", MANY, "1" },
    { "select a.name from books b join authors a on a.id = b.author_id where a.id = $1", "x", MANY,
      "1" },
    { "select id from readers full join authors using (id) where id = 1", "x", MANY },
    { "select id from books order by id limit 1", "x", FEW },
    { "select id from books limit $1", "x", MANY, "2" },
    { "select id from books fetch first row only", "x", FEW },
    { "select mood from books order by mood fetch first 1 row with ties", "x", MANY },
    { "select id from soft where id = 1", "x", MANY },
    { "select id from parents where id = 1", "x", MANY },
    { "select id from only parents where id = 1", "x", FEW },
    { "select n from doubles where n = 9007199254740992::float8", "x", MANY },
    { "select n from doubles where n = 9007199254740992", "x", FEW },
    { "select n from doubles where n = $1 and f < $1", "x", MANY, "9007199254740992" },
    { "select 1 where $1::boolean", "x", FEW, "f" },
    { "select id, many(2) from books where id = 1", "x-", MANY },
    { "select id from books b, (select max(id) as m from books) x where b.id = x.m", "x", FEW },
    { "select b.id from books b, lateral (select max(id) as m from books c where c.id >= b.id) x"
      " where b.id = x.m",
      "x", MANY },
    { "select id from books where id = 1 union all select 1", "x", MANY },

    /* INSERT, UPDATE, DELETE. */
    { "insert into readers (id, weight) values (50, 1) returning *", "x--x-", ONE },
    { "insert into readers (id, weight) values (50, 1), (51, 1) returning id", "x", MANY },
    { "insert into readers (id, weight) values (generate_series(60, 62), 1) returning id", "x",
      MANY },
    { "insert into readers (id, weight) values (1, 1) on conflict do nothing returning id", "x",
      FEW },
    { "insert into readers (id, weight) values (1, 1) on conflict (id) do update set weight = 2"
      " returning id, name",
      "x-", ONE },
    { "insert into readers (id, weight) values (1, 1) on conflict (id) do update set weight = 2"
      " where readers.weight > 100 returning id",
      "x", FEW },
    { "insert into readers (id, weight) select id + 70, 1 from books returning readers.id", "x",
      MANY },
    { "insert into guarded values (7, 7) returning id, v", "x-", FEW },
    { "insert into shelf (id) select 1 where false returning id", "-", MANY, NULL, true },
    { "insert into authors (name) values ($1) returning name, country, $1", "x-x", ONE, "a" },
    { "insert into readers (id, name, weight) values (80, $1, 1) returning coalesce($1, null)", "-",
      ONE, "\\N" },
    { "insert into readers (id, weight) values (90, 1)", "", MANY },
    { "update books set price = 1 where id = 1 returning id, price, isbn", "x--", FEW },
    { "update books set isbn = null where isbn = '1' returning isbn", "-", FEW },
    { "update books set price = 1 where isbn = '1' returning isbn", "x", FEW },
    { "update readers set name = null where upper_name = 'R' returning upper_name", "-", MANY },
    { "update guarded set id = 9 where v = 1 returning v", "-", MANY },
    { "update books b set price = 1 from authors a where a.id = b.author_id"
      " returning b.author_id, a.name, a.country",
      "xx-", MANY },
    { "update books b set price = 2 from readers r left join authors a on a.id = r.author_id"
      " where r.id = b.id returning r.id, a.name",
      "x-", MANY },
    { "update reviews set stars = 1 returning *", "xx--x", MANY },
    { "delete from reviews where stars > 4 returning stars, body", "x-", MANY },
    { "delete from reviews r using books b left join authors a on a.id = b.author_id"
      " where r.book_id = b.id returning r.*, b.title, a.name",
      "xx--xx-", MANY },
    { "delete from reviews where book_id = 1 and user_id = 1 returning book_id", "x", FEW },
    { "delete from reviews", "", MANY },
    { "with d as (delete from reviews returning book_id, stars) select * from d", "x-", MANY },
    { "with i as (insert into readers (id, weight) values (90, 1) returning id, name)"
      " select i.id, i.name from i",
      "x-", FEW },
    { "with u as (update books set price = 3 where id = $1 returning *) select u.title, a.name"
      " from u left join authors a on a.id = u.author_id",
      "x-", FEW, "1" },
    { "merge into readers r using books b on b.id = r.id when matched then update set weight = 3",
      "", MANY, .from = 15 },
};

#endif
