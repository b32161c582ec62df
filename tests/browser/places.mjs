// Every page of the desk on the demo company, by a short name; the screens of the menu first.
export async function addresses({ api }) {
  const agenda = (await api.ask('/api/agenda?outcome=due&limit=1')).value;
  const due = agenda.rows[0] ?? (await api.ask('/api/agenda?outcome=waiting&limit=1')).value.rows[0];
  const customer = due.customer.id;
  const items = (await api.ask(`/api/items?customer=${customer}&state=all&sort=due_date&limit=1`)).value;
  const past = (await api.ask('/api/me')).value.today.replace(/^(\d{4}).*/, (_, year) => `${year - 1}-12-31`);
  return {
    today: '/',
    agenda: '/agenda',
    agenda_notices: '/agenda?section=notices',
    agenda_upcoming: '/agenda?section=upcoming',
    agenda_errors: '/agenda?section=errors',
    agenda_snoozed: '/agenda?section=snoozed',
    one_by_one: '/agenda/one',
    customers: '/customers',
    customer: `/customers/${customer}`,
    items: '/items',
    item: `/items/${items.rows[0].id}`,
    ageing: '/ageing',
    ageing_by_customer: '/ageing?by=customer',
    ageing_past: `/ageing?by=entity&as_of=${past}`,
    dso: '/dso',
    dso_countback: '/dso?method=countback',
    imports: '/imports',
    new_import: '/imports/new',
    messages: '/messages',
    letters: '/messages/letters',
    runs: '/runs',
    scenarios: '/scenarios',
    scenario: '/scenarios/standard',
    rules: '/scenarios/rules',
    simulator: '/scenarios/simulator',
    mail: '/settings',
    companies: '/settings/companies',
    texts: '/settings/texts',
    measures: '/settings/measures',
    late_payment: '/settings/late-payment',
    account: '/account',
    not_found: '/nowhere',
    no_customer: '/customers/none',
  };
}

/** The agenda of a day with steps to do: today's, or one of the next seven when today is no working day. */
export async function busy_day({ api }) {
  const { today } = (await api.ask('/api/me')).value;
  for (let ahead = 0; ahead < 8; ahead += 1) {
    const day = new Date(Date.parse(today) + ahead * 86_400_000).toISOString().slice(0, 10);
    const answer = (await api.ask(`/api/agenda?date=${day}&outcome=due&limit=5`)).value;
    const first = answer.rows.slice(0, 3); // further down a broken promise may have no step
    if (first.length === 3 && first.every((row) => row.leader !== null && row.step !== null)) return answer;
  }
  throw new Error('nobody to act on for a week');
}
