import fc from 'fast-check'

/*
 * Properties are tried with the same cases each time, so that a red run can be repeated as it was. Another
 * number tries others; `npm run soak` does.
 */
fc.configureGlobal({ seed: Number(process.env['OPEN_CHAIR_SEED'] ?? 20_261_124) })
