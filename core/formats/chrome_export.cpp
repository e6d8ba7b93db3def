#include "core/formats/chrome_export.h"

#include "core/formats/chrome_imported_export.h"
#include "core/formats/chrome_run_export.h"

namespace loopscope {

bool writeChromeJson(const Trace &trace, const Marks &marks, std::ostream &out, ExportProgress &progress)
{
    ChromeEvents events(out);
    events.beginObject();
    if (trace.hasLoop())
        ChromeRunExport(trace, marks, events, progress).write();
    else
        ChromeImportedExport(trace, marks, events, progress).write();
    events.newLine();
    events.endObject();
    events.newLine();
    events.flush();
    out.flush();
    return out.good() && !progress.isStopped();
}

} // namespace loopscope
