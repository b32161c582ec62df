// The application: who is signed in decides between the sign-in page and the desk.
import { createTheme, MantineProvider } from "@mantine/core";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { MeContext, useSession } from "../lib/me";
import { mayRetry, onFailure } from "../lib/server";
import { SignIn } from "../screens/session/sign_in";
import { Desk } from "./desk";
import { Failed } from "./states";

const theme = createTheme({
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: { lockScroll: false, transitionProps: { duration: 0 } } },
    ModalRoot: { defaultProps: { lockScroll: false, transitionProps: { duration: 0 } } },
    Drawer: { defaultProps: { lockScroll: false, transitionProps: { duration: 0 } } },
    Popover: { defaultProps: { transitionProps: { duration: 0 } } },
    Menu: { defaultProps: { transitionProps: { duration: 0 } } },
  },
});

function makeClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => onFailure(client, error) }),
    defaultOptions: { queries: { staleTime: 15_000, retry: mayRetry, refetchOnWindowFocus: false } },
  });
  return client;
}

function Session() {
  const session = useSession();
  if (session.data === null) return <SignIn />;
  if (session.data !== undefined) {
    return (
      <MeContext value={session.data}>
        <Desk />
      </MeContext>
    );
  }
  return session.isError ? <Failed error={session.error} again={() => void session.refetch()} /> : null;
}

export function App() {
  const [client] = useState(makeClient);
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={client}>
        <Session />
      </QueryClientProvider>
    </MantineProvider>
  );
}
