import type { Translate } from '../i18n/catalog.ts'
import { field, numberIn } from '../settings/sections/section.ts'
import type { SettingField } from '../views/settings-model.ts'
import { isPlace, type Plan, shownPlace } from './plan.ts'

const MOST_KEPT = 365
/** How the address of a bucket is written. */
const BUCKET = 's3://KEY:SECRET@HOST/BUCKET/FOLDER'
const LONGEST_PLACE = 1000

/** The form as the blog stands; the key of a bucket isn't shown. */
export function formOf({ on, hour, keep, to }: Plan): URLSearchParams {
	const form = new URLSearchParams({ hour: String(hour), keep: String(keep), to: shownPlace(to) })
	if (on) form.set('on', '1')
	return form
}

/** What the page shows of a form. */
export function fieldsOf(form: URLSearchParams, errors: Record<string, string>, t: Translate): SettingField[] {
	const fields = [
		field(form, 'flag', 'on', { label: t('backups.on'), value: '1' }),
		field(form, 'number', 'hour', { label: t('backups.hour'), hint: t('backups.hourHint'), least: 0, most: 23 }),
		field(form, 'number', 'keep', { label: t('backups.keep'), least: 1, most: MOST_KEPT }),
		field(form, 'line', 'to', {
			label: t('backups.to'),
			hint: t('backups.toHint', { folder: '/backups', bucket: BUCKET }),
		}),
	]
	return fields.map((one) => ({ ...one, error: errors[one.id] }))
}

/** Reads a form; a place that comes as it was shown is the one that stands. */
export function checkPlan(
	form: URLSearchParams,
	current: Plan,
	t: Translate,
): { plan?: Plan; errors: Record<string, string> } {
	const errors: Record<string, string> = {}
	const hour = numberIn(form, 'hour', 0, 23)
	const keep = numberIn(form, 'keep', 1, MOST_KEPT)
	const written = (form.get('to') ?? '').trim()
	const to = written === shownPlace(current.to) ? current.to : written
	if (hour === undefined) errors.hour = t('settings.errors.number', { least: 0, most: 23 })
	if (keep === undefined) errors.keep = t('settings.errors.number', { least: 1, most: MOST_KEPT })
	if (!isPlace(to) || to.length > LONGEST_PLACE) errors.to = t('backups.errors.to', { bucket: BUCKET })
	if (hour === undefined || keep === undefined || Object.keys(errors).length > 0) return { errors }
	return { plan: { on: form.has('on'), hour, keep, to }, errors }
}
