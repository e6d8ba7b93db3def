// A helper process of its own, for tests of what starts one.

#include "core/workload/job_server.h"

#include <unistd.h>

int main()
{
    return loopscope::serveJobs(STDIN_FILENO);
}
