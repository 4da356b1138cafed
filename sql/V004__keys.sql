-- Keys of the API, stored as the SHA-256 of 256 random bits. A revoked key is gone.

CREATE TABLE api_keys (
  name text PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 64),
  hash text NOT NULL UNIQUE,
  requests_per_minute int NOT NULL CHECK (requests_per_minute >= 0),
  tokens_per_minute int NOT NULL CHECK (tokens_per_minute >= 0),
  created_at timestamptz NOT NULL DEFAULT now()
);
