// What became of a job, in a few words for a list.
import { count, number } from './formats.js';

/** @param {any} account @param {string} done */
function ofKeys(account, done) {
  return [
    `${count(account.done_count, 'key')} ${done}`,
    account.refused_count > 0 && `${number(account.refused_count)} refused`,
    account.left_count > 0 && `${number(account.left_count)} left`,
  ];
}

/** What a change of keys came to. @param {any} account @param {string} done such as `deleted` */
export function accountWords(account, done) {
  return ofKeys(account, done).filter(Boolean).join(', ');
}

const OUTCOMES = {
  delete: (account) => ofKeys(account, 'deleted'),
  refresh: (account) => ofKeys(account, 'changed'),
  dump: ({ entries, complete }) => [count(entries, 'entry', 'entries'), !complete && 'not complete'],
  restore: ({ restored, failed, dry_run: isDryRun }) => [
    `${count(restored, 'entry', 'entries')} ${isDryRun ? 'would be restored' : 'restored'}`,
    failed > 0 && `${number(failed)} failed`,
  ],
  diff: ({ changed, only_in_dump: dumped, only_live: live }) => (changed + dumped + live === 0
    ? ['nothing differs']
    : [`${number(changed)} changed`, `${number(dumped)} only in the dump`, `${number(live)} only live`]),
};

/** Empty if it has no result. @param {any} job */
export function outcome(job) {
  return job.result ? OUTCOMES[job.kind](job.result).filter(Boolean).join(', ') : '';
}
