#pragma once

#include <QStringList>

#include <string>

namespace loopscope::test {

/// What Perfetto's importer of Chrome JSON would not take of a document, a sentence each; empty if it takes all of it. A model made of what
/// Perfetto's documentation and the Trace Event Format say of writers, and of how its importer goes through the events: in order of their
/// times, those of one time as they stand in the file but the longer complete slice first, with a stack of open slices for each thread and
/// asynchronous operation. Where they only tolerate something, it is an error here.
[[nodiscard]] QStringList refusedByPerfetto(const std::string &json);

} // namespace loopscope::test
