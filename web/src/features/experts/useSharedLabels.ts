import { useSnapshot } from '@/shared/desk/context'

/** Labels seen so far: a chat may outlive its interaction on the desk. */
const seen = new Map<string, string>()

/** The labels of attached-data keys, as one text; a key without a label stands for itself. */
export function useSharedLabels(consult_id: string, keys: string[]): string {
  return useSnapshot((snapshot) => {
    const consult = snapshot.consults.find((one) => one.consult_id === consult_id)
    const interaction = snapshot.interactions.find((one) => one.interaction_id === consult?.interaction_id)
    for (const datum of interaction?.attached ?? []) seen.set(datum.key, datum.label)
    return keys.map((key) => seen.get(key) ?? key).join(', ')
  })
}
