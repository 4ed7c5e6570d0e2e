"""Official paper: data in, bytes out; no SQL, no Qt."""
