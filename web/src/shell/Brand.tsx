/** Kvasir's mark. */
export function Brand() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M8 8v16M8 16l6-8M8 16l6 8" />
      <path class="second" d="M17 8l4.5 16L26 8" />
    </svg>
  );
}
