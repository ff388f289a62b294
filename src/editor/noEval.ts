import * as z from 'zod/mini';

// Imported before any schema: where zod compiles its checks (zod/mini does not by itself) it probes for `navigator` and
// `new Function`, which the extension host reports as an error.
z.config({ jitless: true });
