import * as z from 'zod';

// Imported before any schema: zod would otherwise probe for `navigator` and `new Function`, which the extension host
// reports as an error.
z.config({ jitless: true });
