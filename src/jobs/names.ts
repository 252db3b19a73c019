import type { Translate } from '../i18n/catalog.ts'

/** What kinds of jobs are about: the beginning of a kind and its name in the catalog. */
const NAMES: [string, string][] = [
	['mail.', 'jobs.mail'],
	['notices', 'jobs.mail'],
	['check-comment', 'jobs.check'],
	['train-akismet', 'jobs.train'],
	['tell-links', 'jobs.tell'],
	['send-mentions', 'jobs.tell'],
	['ping-hub', 'jobs.hub'],
	['mention', 'jobs.read'],
	['read-', 'jobs.read'],
	['picture-', 'jobs.picture'],
	['media-', 'jobs.picture'],
	['dress-post', 'jobs.picture'],
	['backup', 'jobs.backup'],
]

/** A kind of job as people know it. */
export function jobName(kind: string, t: Translate): string {
	const name = NAMES.find(([beginning]) => kind.startsWith(beginning))?.[1]
	return name ? t(name) : t('jobs.other', { kind })
}
