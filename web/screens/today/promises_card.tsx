// The promises of the week: what still has to arrive stands first; what was kept is good to know, and last.
import { Button } from "@mantine/core";
import { useState } from "react";
import { Card } from "../../components/page";
import { type Standing, StandingList } from "../../components/standing_list";
import { useWords } from "../../lib/i18n/language";

/** As many as are looked at without asking for more. */
const shownFirst = 6;

export function promisesInOrder(promises: readonly Standing[]): Standing[] {
  const over = (one: Standing) => (one.promise_state === "kept" || one.promise_state === "cancelled" ? "1" : "0");
  const rank = (one: Standing) => `${over(one)}${one.to ?? ""}`;
  return promises.toSorted((left, right) => rank(left).localeCompare(rank(right)));
}

export function PromisesCard({ promises }: { promises: readonly Standing[] }) {
  const { t, n } = useWords();
  const [all, setAll] = useState(false);
  const ordered = promisesInOrder(promises);
  return (
    <Card title={t("today.promises")}>
      <StandingList
        standings={all ? ordered : ordered.slice(0, shownFirst)}
        empty={t("today.no_promises")}
        withCustomer
      />
      {!all && ordered.length > shownFirst && (
        <Button mt={12} size="xs" variant="default" onClick={() => setAll(true)}>
          {n("today.promises_all", ordered.length)}
        </Button>
      )}
    </Card>
  );
}
