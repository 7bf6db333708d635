-- Two databases with rows of the kinds that a small rack keeps: repositories, assets.
CREATE ROLE gitea LOGIN PASSWORD 'gitea';
CREATE ROLE assets LOGIN PASSWORD 'assets';
CREATE DATABASE gitea OWNER gitea;
CREATE DATABASE assets OWNER assets;
\connect gitea
SET ROLE gitea;
CREATE TABLE repository (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner text NOT NULL,
  name text NOT NULL,
  size_bytes bigint NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (owner, name)
);
INSERT INTO repository (owner, name, size_bytes)
  SELECT 'team-' || (n % 5), 'project-' || n, n * 4096 FROM generate_series(1, 250) AS n;
\connect assets
SET ROLE assets;
CREATE TABLE asset (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  bucket text NOT NULL,
  key text NOT NULL,
  sha256 text NOT NULL,
  UNIQUE (bucket, key)
);
INSERT INTO asset (bucket, key, sha256)
  SELECT 'media', 'picture-' || n || '.webp', encode(sha256(n::text::bytea), 'hex')
  FROM generate_series(1, 1000) AS n;
