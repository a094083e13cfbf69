CREATE TYPE public.reading_status AS ENUM (
    'want_to_read',
    'reading',
    'finished',
    'abandoned'
);

COMMENT ON TYPE public.reading_status IS 'How far a reader has come with a book.';

CREATE TABLE public.authors (
    id            bigint GENERATED ALWAYS AS IDENTITY,
    name          text NOT NULL,
    original_name text,
    biography     text,
    nationality   text,
    birth_date    date,
    death_date    date,
    created_at    timestamp with time zone NOT NULL DEFAULT now(),
    updated_at    timestamp with time zone NOT NULL DEFAULT now(),
    deleted_at    timestamp with time zone,
    CONSTRAINT authors_pkey PRIMARY KEY (id),
    CONSTRAINT authors_life_check CHECK (death_date >= birth_date),
    CONSTRAINT authors_name_check CHECK (name <> ''::text)
);

CREATE INDEX authors_name_idx ON public.authors USING btree (name) WHERE deleted_at IS NULL;
CREATE INDEX authors_nationality_idx ON public.authors USING btree (nationality) WHERE deleted_at IS NULL;

COMMENT ON TABLE public.authors IS 'Who wrote the books.';
COMMENT ON COLUMN public.authors.name IS 'As it stands on English editions.';
COMMENT ON COLUMN public.authors.original_name IS 'In the script of the author''s own language, where that is not Latin.';
COMMENT ON COLUMN public.authors.nationality IS 'In English, as an adjective; NULL when it is not known.';
COMMENT ON COLUMN public.authors.birth_date IS 'NULL when the exact day is not known.';
COMMENT ON COLUMN public.authors.death_date IS 'NULL when the author lives, or the exact day is not known.';

CREATE TABLE public.books (
    id             bigint GENERATED ALWAYS AS IDENTITY,
    author_id      bigint NOT NULL,
    title          text NOT NULL,
    isbn           text,
    genre          text NOT NULL,
    pages          integer NOT NULL DEFAULT 0,
    published_year smallint,
    published_on   date,
    price          numeric(10,2),
    rating         double precision,
    ratings_count  integer NOT NULL DEFAULT 0,
    available      boolean NOT NULL DEFAULT true,
    tags           text[] NOT NULL DEFAULT '{}'::text[],
    metadata       jsonb NOT NULL DEFAULT '{}'::jsonb,
    created_at     timestamp with time zone NOT NULL DEFAULT now(),
    updated_at     timestamp with time zone NOT NULL DEFAULT now(),
    deleted_at     timestamp with time zone,
    CONSTRAINT books_pkey PRIMARY KEY (id),
    CONSTRAINT books_isbn_key UNIQUE (isbn),
    CONSTRAINT books_isbn_check CHECK (isbn ~ '^97[89][0-9]{10}$'::text),
    CONSTRAINT books_pages_check CHECK (pages >= 0),
    CONSTRAINT books_price_check CHECK (price >= 0::numeric),
    CONSTRAINT books_published_check CHECK (EXTRACT(year FROM published_on) = published_year::numeric),
    CONSTRAINT books_rating_check CHECK (rating >= 0::double precision AND rating <= 5::double precision),
    CONSTRAINT books_rating_has_count CHECK (rating IS NULL OR ratings_count > 0),
    CONSTRAINT books_ratings_count_check CHECK (ratings_count >= 0),
    CONSTRAINT books_title_check CHECK (title <> ''::text)
);

CREATE INDEX books_author_id_idx ON public.books USING btree (author_id);
CREATE INDEX books_genre_rating_idx ON public.books USING btree (genre, rating DESC NULLS LAST, id) WHERE deleted_at IS NULL;
CREATE INDEX books_price_idx ON public.books USING btree (price, id) WHERE deleted_at IS NULL;
CREATE INDEX books_rating_idx ON public.books USING btree (rating DESC NULLS LAST, id) WHERE deleted_at IS NULL;
CREATE INDEX books_tags_idx ON public.books USING gin (tags);
CREATE INDEX books_title_idx ON public.books USING btree (title, id) WHERE deleted_at IS NULL;

COMMENT ON TABLE public.books IS 'The catalogue.';
COMMENT ON COLUMN public.books.isbn IS 'ISBN-13 without hyphens of the edition on the shelf; NULL when it has none.';
COMMENT ON COLUMN public.books.pages IS '0 when nobody has counted them yet.';
COMMENT ON COLUMN public.books.published_year IS 'Of the first publication, whatever the edition; negative: BC.';
COMMENT ON COLUMN public.books.published_on IS 'The day of the first publication, where it is known.';
COMMENT ON COLUMN public.books.price IS 'In euros; NULL when the book is not for sale.';
COMMENT ON COLUMN public.books.rating IS 'The mean of all ratings, 0 to 5; NULL before the first one.';
COMMENT ON COLUMN public.books.available IS 'Whether it can be had now.';

CREATE TABLE public.user_books (
    user_id      bigint,
    book_id      bigint,
    status       public.reading_status NOT NULL DEFAULT 'want_to_read'::public.reading_status,
    progress     smallint NOT NULL DEFAULT 0,
    rating       smallint,
    review       text,
    started_on   date,
    finished_on  date,
    reading_time interval NOT NULL DEFAULT '00:00:00'::interval,
    created_at   timestamp with time zone NOT NULL DEFAULT now(),
    updated_at   timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT user_books_pkey PRIMARY KEY (user_id, book_id),
    CONSTRAINT user_books_dates_check CHECK (finished_on >= started_on),
    CONSTRAINT user_books_progress_check CHECK (progress >= 0 AND progress <= 100),
    CONSTRAINT user_books_rating_check CHECK (rating >= 1 AND rating <= 5)
);

CREATE INDEX user_books_book_id_idx ON public.user_books USING btree (book_id);
CREATE INDEX user_books_shelf_idx ON public.user_books USING btree (user_id, status, updated_at DESC);

COMMENT ON TABLE public.user_books IS 'The shelves: which user has which book, and how far the reading is.';
COMMENT ON COLUMN public.user_books.progress IS 'In percent.';
COMMENT ON COLUMN public.user_books.rating IS 'Stars, 1 to 5; NULL: not rated.';
COMMENT ON COLUMN public.user_books.reading_time IS 'Time spent with the book so far.';

CREATE TABLE public.users (
    id         bigint GENERATED ALWAYS AS IDENTITY,
    public_id  uuid NOT NULL DEFAULT gen_random_uuid(),
    email      text NOT NULL,
    name       text NOT NULL,
    metadata   jsonb NOT NULL DEFAULT '{}'::jsonb,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    deleted_at timestamp with time zone,
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_public_id_key UNIQUE (public_id),
    CONSTRAINT users_email_check CHECK (email ~~ '_%@_%'::text),
    CONSTRAINT users_metadata_check CHECK (jsonb_typeof(metadata) = 'object'::text),
    CONSTRAINT users_name_check CHECK (name <> ''::text)
);

CREATE UNIQUE INDEX users_email_key ON public.users USING btree (lower(email)) WHERE deleted_at IS NULL;
CREATE INDEX users_metadata_idx ON public.users USING gin (metadata jsonb_path_ops);

COMMENT ON TABLE public.users IS 'People who keep a shelf.';
COMMENT ON COLUMN public.users.public_id IS 'Stands for the user in links; id never leaves the system.';
COMMENT ON COLUMN public.users.email IS 'As the user wrote it; unique among users that are not deleted, in any case.';
COMMENT ON COLUMN public.users.metadata IS 'Settings and whatever else has no column: language, theme, ...';
COMMENT ON COLUMN public.users.deleted_at IS 'When the user was deleted; NULL: still here.';

ALTER TABLE public.books
    ADD CONSTRAINT books_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.authors(id) ON DELETE RESTRICT;

ALTER TABLE public.user_books
    ADD CONSTRAINT user_books_book_id_fkey FOREIGN KEY (book_id) REFERENCES public.books(id) ON DELETE RESTRICT;

ALTER TABLE public.user_books
    ADD CONSTRAINT user_books_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
