import * as z from 'zod/mini';
import english from 'zod/v4/locales/en.js';

// zod/mini comes without words and would call everything "Invalid input". This one language is imported by its file:
// `z.locales` brings all of them along.
z.config(english());

/** What a schema has against a value, in English for a log or a person: what and where, one line each. */
export function complaint(error: z.core.$ZodError): string {
  return z.prettifyError(error);
}
