/*
 * bookshelf.c - generated functions against hand-written libpq, the same work in one interleaved run.
 *
 * The rival is libpq as its best user would write it: binary, prepared once, every column decoded
 * into a struct, text left in the result (of arrays, whose texts have no NUL there, copied). Author with
 * books: two statements in one pipeline.
 *
 * Prints for each kind of work the medians over the rounds, wall and client CPU in microseconds, and the
 * median of the ratios of neighbouring rounds. Makes its own data in the database of the URL.
 */
#include "bookshelf.h"

#include <quire/quire.h>

#include <arpa/inet.h>
#include <libpq-fe.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 15, AUTHORS = 1000, BOOKS_EACH = 100, MOST_COLUMNS = 20 };

static void check(bool ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "%s\n", what);
    exit(EXIT_FAILURE);
}

static void check_quire(quire_status status, const quire_error *err)
{
    if (status == QUIRE_OK)
        return;
    quire_error_print(err, stderr);
    exit(EXIT_FAILURE);
}

/* ---- hand-written ---------------------------------------------------------------------------- */

typedef struct hand_book {
    int64_t id, author_id;
    const char *title, *isbn, *genre;
    int32_t pages;
    bool has_year, has_date, has_price, has_rating, has_deleted;
    int16_t year;
    int32_t date;
    char price[32];
    double rating;
    int32_t ratings_count;
    bool available;
    const char **tags; /* their text behind them in the same block */
    size_t tag_count;
    const char *metadata;
    int64_t created_at, updated_at, deleted_at;
} hand_book;

#define BOOK_COLUMNS                                                                               \
    "b.id, b.author_id, b.title, b.isbn, b.genre, b.pages, b.published_year, b.published_on, "     \
    "b.price, b.rating, b.ratings_count, b.available, b.tags, b.metadata, b.created_at, "          \
    "b.updated_at, b.deleted_at"

static int64_t read_int8(const PGresult *result, int row, int column)
{
    const unsigned char *p = (const unsigned char *)PQgetvalue(result, row, column);
    uint64_t value = 0;
    for (int i = 0; i < 8; i++)
        value = value << 8 | p[i];
    return (int64_t)value;
}

static int32_t read_int4(const PGresult *result, int row, int column)
{
    uint32_t value;
    memcpy(&value, PQgetvalue(result, row, column), sizeof value);
    return (int32_t)ntohl(value);
}

static int read_int2(const char *p)
{
    return (int16_t)((unsigned)(unsigned char)p[0] << 8 | (unsigned char)p[1]);
}

static const char *read_text(const PGresult *result, int row, int column)
{
    return PQgetisnull(result, row, column) ? NULL : PQgetvalue(result, row, column);
}

/* A price below 10^8 with two decimals: what the column can hold here. */
static void read_price(const PGresult *result, int row, int column, char price[32])
{
    const char *p = PQgetvalue(result, row, column);
    int digits = read_int2(p), weight = read_int2(p + 2);
    long whole = 0;
    int cents = 0;
    for (int i = 0; i <= weight; i++)
        whole = whole * 10000 + (i < digits ? read_int2(p + 8 + 2 * i) : 0);
    if (weight + 1 >= 0 && weight + 1 < digits)
        cents = read_int2(p + 8 + 2 * (weight + 1)) / 100;
    snprintf(price, 32, "%ld.%02d", whole, cents);
}

/* A text[] of one dimension without NULLs: pointers and text in one block, since what comes has no NULs. */
static void read_tags(const PGresult *result, int row, int column, hand_book *out)
{
    const char *at = PQgetvalue(result, row, column);
    size_t length = (size_t)PQgetlength(result, row, column);
    out->tags = NULL;
    out->tag_count = 0;
    uint32_t dimensions, count;
    memcpy(&dimensions, at, sizeof dimensions);
    if (!dimensions)
        return;
    memcpy(&count, at + 12, sizeof count);
    count = ntohl(count);
    out->tags = malloc(count * sizeof *out->tags + length);
    check(out->tags != NULL, "out of memory");
    char *text = (char *)(out->tags + count);
    at += 20;
    for (out->tag_count = 0; out->tag_count < count; out->tag_count++) {
        uint32_t size;
        memcpy(&size, at, sizeof size);
        size = ntohl(size);
        memcpy(text, at + 4, size);
        text[size] = '\0';
        out->tags[out->tag_count] = text;
        text += size + 1;
        at += 4 + size;
    }
}

static void read_book(const PGresult *result, int row, hand_book *out)
{
    out->id = read_int8(result, row, 0);
    out->author_id = read_int8(result, row, 1);
    out->title = PQgetvalue(result, row, 2);
    out->isbn = read_text(result, row, 3);
    out->genre = PQgetvalue(result, row, 4);
    out->pages = read_int4(result, row, 5);
    out->has_year = !PQgetisnull(result, row, 6);
    if (out->has_year)
        out->year = (int16_t)read_int2(PQgetvalue(result, row, 6));
    out->has_date = !PQgetisnull(result, row, 7);
    if (out->has_date)
        out->date = read_int4(result, row, 7);
    out->has_price = !PQgetisnull(result, row, 8);
    if (out->has_price)
        read_price(result, row, 8, out->price);
    out->has_rating = !PQgetisnull(result, row, 9);
    if (out->has_rating) {
        int64_t bits = read_int8(result, row, 9);
        memcpy(&out->rating, &bits, sizeof bits);
    }
    out->ratings_count = read_int4(result, row, 10);
    out->available = PQgetvalue(result, row, 11)[0] != 0;
    read_tags(result, row, 12, out);
    out->metadata = PQgetvalue(result, row, 13) + 1;
    out->created_at = read_int8(result, row, 14);
    out->updated_at = read_int8(result, row, 15);
    out->has_deleted = !PQgetisnull(result, row, 16);
    if (out->has_deleted)
        out->deleted_at = read_int8(result, row, 16);
}

typedef struct hand_author_row {
    int64_t id;
    const char *name, *original_name, *biography, *nationality;
    bool has_birth, has_death, has_deleted;
    int32_t birth, death;
    int64_t created_at, updated_at, deleted_at;
} hand_author_row;

static void read_author(const PGresult *result, int row, hand_author_row *out)
{
    out->id = read_int8(result, row, 0);
    out->name = PQgetvalue(result, row, 1);
    out->original_name = read_text(result, row, 2);
    out->biography = read_text(result, row, 3);
    out->nationality = read_text(result, row, 4);
    out->has_birth = !PQgetisnull(result, row, 5);
    if (out->has_birth)
        out->birth = read_int4(result, row, 5);
    out->has_death = !PQgetisnull(result, row, 6);
    if (out->has_death)
        out->death = read_int4(result, row, 6);
    out->created_at = read_int8(result, row, 7);
    out->updated_at = read_int8(result, row, 8);
    out->has_deleted = !PQgetisnull(result, row, 9);
    if (out->has_deleted)
        out->deleted_at = read_int8(result, row, 9);
}

static void prepare(PGconn *conn, const char *name, const char *sql, int count, const Oid *types)
{
    PGresult *result = PQprepare(conn, name, sql, count, types);
    check(PQresultStatus(result) == PGRES_COMMAND_OK, PQerrorMessage(conn));
    PQclear(result);
}

static void prepare_all(PGconn *conn)
{
    const Oid int8[] = { 20 };
    const Oid search[] = { 25, 701, 20 };
    prepare(conn, "lookup",
            "select " BOOK_COLUMNS " from books b where b.id = $1 and b.deleted_at is null", 1,
            int8);
    prepare(conn, "author",
            "select id, name, original_name, biography, nationality, birth_date, death_date, "
            "created_at, updated_at, deleted_at from authors where id = $1 and deleted_at is null",
            1, int8);
    prepare(conn, "books",
            "select " BOOK_COLUMNS " from books b where b.author_id = $1 and b.deleted_at is null "
            "order by b.id",
            1, int8);
    prepare(conn, "search",
            "select " BOOK_COLUMNS " from books b join authors a on a.id = b.author_id "
            "where b.deleted_at is null and b.genre = $1 and b.rating >= $2 "
            "order by b.rating desc nulls last, b.id limit $3",
            3, search);
}

static void big_endian(int64_t value, char out[8])
{
    for (int i = 0; i < 8; i++)
        out[i] = (char)((uint64_t)value >> (56 - 8 * i));
}

static long hand_lookup(PGconn *conn, int64_t id)
{
    char key[8];
    big_endian(id, key);
    const char *const values[] = { key };
    const int lengths[] = { 8 }, formats[] = { 1 };
    PGresult *result = PQexecPrepared(conn, "lookup", 1, values, lengths, formats, 1);
    check(PQntuples(result) == 1, PQerrorMessage(conn));
    hand_book book;
    read_book(result, 0, &book);
    long sum = book.pages + book.title[0] + (long)book.tag_count;
    free(book.tags);
    PQclear(result);
    return sum;
}

static long read_books(const PGresult *result)
{
    int count = PQntuples(result);
    hand_book *books = malloc((size_t)count * sizeof *books + 1);
    check(books != NULL, "out of memory");
    long sum = 0;
    for (int i = 0; i < count; i++) {
        read_book(result, i, &books[i]);
        sum += books[i].pages + (long)books[i].tag_count;
    }
    for (int i = 0; i < count; i++)
        free(books[i].tags);
    free(books);
    return sum;
}

static long hand_search(PGconn *conn, int64_t number)
{
    char genre[16], rating[8], limit[8];
    double least = 3.0;
    int64_t bits;
    snprintf(genre, sizeof genre, "genre %d", (int)(number % 50));
    memcpy(&bits, &least, sizeof bits);
    big_endian(bits, rating);
    big_endian(10, limit);
    const char *const values[] = { genre, rating, limit };
    const int lengths[] = { 0, 8, 8 }, formats[] = { 0, 1, 1 };
    PGresult *result = PQexecPrepared(conn, "search", 3, values, lengths, formats, 1);
    check(PQntuples(result) == 10, PQerrorMessage(conn));
    long sum = read_books(result);
    PQclear(result);
    return sum;
}

static long hand_author(PGconn *conn, int64_t id)
{
    char key[8];
    big_endian(id, key);
    const char *const values[] = { key };
    const int lengths[] = { 8 }, formats[] = { 1 };
    PQenterPipelineMode(conn);
    PQsendQueryPrepared(conn, "author", 1, values, lengths, formats, 1);
    PQsendQueryPrepared(conn, "books", 1, values, lengths, formats, 1);
    PQpipelineSync(conn);
    PGresult *author = PQgetResult(conn);
    PQclear(PQgetResult(conn));
    PGresult *books = PQgetResult(conn);
    PQclear(PQgetResult(conn));
    PQclear(PQgetResult(conn));
    PQexitPipelineMode(conn);
    check(PQntuples(author) == 1 && PQntuples(books) == BOOKS_EACH, PQerrorMessage(conn));
    hand_author_row row;
    read_author(author, 0, &row);
    long sum = row.name[0] + read_books(books);
    PQclear(author);
    PQclear(books);
    return sum;
}

/* ---- generated ------------------------------------------------------------------------------- */

static long quire_lookup(bookshelf_repos repos, int64_t id)
{
    quire_error err = { 0 };
    bookshelf_book book = { 0 };
    check_quire(bookshelf_books_find_by_id(repos.books, id, &book, &err), &err);
    long sum = book.pages + book.title[0] + (long)book.tags.count;
    bookshelf_book_free(&book);
    return sum;
}

static long quire_search(bookshelf_repos repos, int64_t number)
{
    quire_error err = { 0 };
    char genre[16];
    snprintf(genre, sizeof genre, "genre %d", (int)(number % 50));
    bookshelf_book_list list = { 0 };
    bookshelf_books_search_params params = { .genre = genre,
                                             .min_rating = QUIRE_SOME(3.0),
                                             .limit = QUIRE_SOME(10) };
    check_quire(bookshelf_books_search(repos.books, &params, &list, &err), &err);
    check(list.count == 10, "wrong number of books");
    long sum = 0;
    for (size_t i = 0; i < list.count; i++)
        sum += list.items[i].pages + (long)list.items[i].tags.count;
    bookshelf_book_list_free(&list);
    return sum;
}

static long quire_author(bookshelf_repos repos, int64_t id)
{
    quire_error err = { 0 };
    bookshelf_author_with_books author = { 0 };
    check_quire(bookshelf_authors_find_by_id_with_books(repos.authors, id, &author, &err), &err);
    check(author.books.count == BOOKS_EACH, "wrong number of books");
    long sum = author.name[0];
    for (size_t i = 0; i < author.books.count; i++)
        sum += author.books.items[i].pages + (long)author.books.items[i].tags.count;
    bookshelf_author_with_books_free(&author);
    return sum;
}

/* ---- measuring ------------------------------------------------------------------------------- */

typedef struct sample {
    double wall, cpu;
} sample;

typedef struct work {
    const char *name;
    int times; /* in a round */
    int64_t keys;
    long (*hand)(PGconn *conn, int64_t key);
    long (*quire)(bookshelf_repos repos, int64_t key);
} work;

static const work works[] = {
    { "lookup by key", 3000, AUTHORS *BOOKS_EACH, hand_lookup, quire_lookup },
    { "search, 10 rows", 300, 50, hand_search, quire_search },
    { "author with 100 books", 300, AUTHORS, hand_author, quire_author },
};

static double clock_us(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static sample measure(const work *kind, PGconn *conn, bookshelf_repos repos, bool by_hand,
                      long *sum)
{
    double wall = clock_us(CLOCK_MONOTONIC), cpu = clock_us(CLOCK_PROCESS_CPUTIME_ID);
    for (int i = 0; i < kind->times; i++) {
        int64_t key = 1 + (int64_t)i * 7919 % kind->keys;
        *sum += by_hand ? kind->hand(conn, key) : kind->quire(repos, key);
    }
    return (sample){ (clock_us(CLOCK_MONOTONIC) - wall) / kind->times,
                     (clock_us(CLOCK_PROCESS_CPUTIME_ID) - cpu) / kind->times };
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, compare);
    return values[count / 2];
}

static void run(const work *kind, int rounds, PGconn *conn, bookshelf_repos repos)
{
    double hand[2][ROUNDS], quire[2][ROUNDS], ratio[2][ROUNDS];
    long sums[2] = { 0, 0 };
    measure(kind, conn, repos, true, &sums[0]);
    measure(kind, conn, repos, false, &sums[1]);
    for (int i = 0; i < rounds; i++) {
        sample a = measure(kind, conn, repos, true, &sums[0]);
        sample b = measure(kind, conn, repos, false, &sums[1]);
        hand[0][i] = a.wall, hand[1][i] = a.cpu;
        quire[0][i] = b.wall, quire[1][i] = b.cpu;
        ratio[0][i] = b.wall / a.wall, ratio[1][i] = b.cpu / a.cpu;
    }
    check(sums[0] == sums[1], "the two read different rows");
    printf("%-22s %8.1f %8.1f %8.1f %8.1f %8.2f %8.2f\n", kind->name, median(hand[0], rounds),
           median(hand[1], rounds), median(quire[0], rounds), median(quire[1], rounds),
           median(ratio[0], rounds), median(ratio[1], rounds));
}

static void make_data(quire_db *db)
{
    quire_error err = { 0 };
    char sql[1024];
    snprintf(sql, sizeof sql,
             "insert into authors (name, biography, nationality, birth_date) "
             "select 'Author ' || i, repeat('life ', 20), 'English', date '1900-01-01' + i "
             "from generate_series(1, %d) i;"
             "insert into books (author_id, title, genre, pages, published_year, price, rating, "
             "ratings_count, tags) select 1 + i %% %d, 'The book with number ' || i, "
             "'genre ' || i %% 50, 100 + i %% 900, 1900 + i %% 100, i %% 1000 / 10.0, "
             "3 + i %% 20 / 10.0, 1 + i, array['a', 'b'] from generate_series(0, %d - 1) i",
             AUTHORS, AUTHORS, AUTHORS * BOOKS_EACH);
    check_quire(quire_exec(db, sql, &err), &err);
    check_quire(quire_exec(db, "vacuum analyze", &err), &err);
}

int main(int argc, char **argv)
{
    int rounds = argc == 3 ? (int)strtol(argv[2], NULL, 10) : ROUNDS;
    if (argc < 2 || argc > 3 || rounds < 1 || rounds > ROUNDS) {
        fprintf(stderr,
                "usage: %s URL [ROUNDS] (of a database with the bookshelf's schema, no rows)\n",
                argv[0]);
        return EXIT_FAILURE;
    }
    quire_error err = { 0 };
    quire_db *db = quire_open(&(quire_options){ .url = argv[1] }, &err);
    if (!db)
        return quire_error_print(&err, stderr), EXIT_FAILURE;
    make_data(db);
    PGconn *conn = PQconnectdb(argv[1]);
    check(PQstatus(conn) == CONNECTION_OK, PQerrorMessage(conn));
    prepare_all(conn);

    printf("%-22s %17s %17s %17s\n", "", "libpq by hand", "quire", "ratio");
    printf("%-22s %8s %8s %8s %8s %8s %8s\n", "us each", "wall", "cpu", "wall", "cpu", "wall",
           "cpu");
    for (size_t i = 0; i < sizeof works / sizeof *works; i++)
        run(&works[i], rounds, conn, bookshelf_repos_on(db));

    PQfinish(conn);
    quire_close(db);
    return EXIT_SUCCESS;
}
