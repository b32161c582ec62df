// Who is signed in, and what the perimeter bar can offer.
import { useQuery } from "@tanstack/react-query";
import { createContext, use } from "react";
import { get, RefusalError, type Schemas, setCsrf } from "../api/client";

export type Me = Schemas["Me"];

async function fetchMe(): Promise<Me | null> {
  try {
    const me = await get("/api/me");
    setCsrf(me.csrf);
    return me;
  } catch (error) {
    if (error instanceof RefusalError && error.status === 401) return null;
    throw error;
  }
}

/** null = nobody is signed in. */
export function useSession() {
  return useQuery({ queryKey: ["me"], queryFn: fetchMe, staleTime: 60_000 });
}

export const MeContext = createContext<Me | undefined>(undefined);

export function useMe(): Me {
  const me = use(MeContext);
  if (me === undefined) throw new Error("nobody is signed in");
  return me;
}

export function useMay(right: Me["rights"][number]): boolean {
  return useMe().rights.includes(right);
}
